module jargon

go 1.24

require scic v0.0.0

replace scic => ../../bindings/go
