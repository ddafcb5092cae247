// The structs are those of C: the C test of their layout, compiled as C++.
#include "../../../ctests/abi/layout.c"
