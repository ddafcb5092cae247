module scic

go 1.24
