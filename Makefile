# The README's commands. Everything is built once: Rust in target/, the rest in build/, and the package is
# staged in build/prefix. `make install PREFIX=/usr/local` puts it where it is wanted.
PREFIX ?= /usr/local
TEST := bash tools/test.sh
STAGED := library tests

.DEFAULT_GOAL := build
.NOTPARALLEL: # all share build/; cargo, CMake and CTest use the processors
.PHONY: build install deps demo test bench headers clean \
  test-lint test-rust test-c test-cpp test-julia test-go test-consumers test-honesty

build: # the library, installed into build/prefix
	bash tools/stage.sh library

install: build
	cmake --install build --prefix $(PREFIX)

deps: # what the tests and examples need beyond Rust and a C compiler
	sh tools/deps/install.sh

demo: deps # the main job on real data, in C, C++, Julia and Go
	bash tools/stage.sh library
	bash examples/run.sh

test: deps # every test of every language
	$(TEST)

bench: # against SciPy and native peers
	bash tools/stage.sh library
	bash benches/run.sh

headers: # C headers, api.json and the bindings' raw layers, from src/ffi
	cargo run --quiet --locked --manifest-path tools/gen/Cargo.toml --target-dir target/gen -- all --root .

test-lint:
	$(TEST) lint
test-rust:
	$(TEST) lint rust
test-c:
	$(TEST) $(STAGED) c c-static c-asan c-valgrind headers
test-cpp:
	$(TEST) $(STAGED) cpp
test-julia:
	$(TEST) library julia
test-go:
	$(TEST) library go
test-consumers:
	$(TEST) library consumers
test-honesty:
	$(TEST) library honesty

clean:
	rm -rf build target
