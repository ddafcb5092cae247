// The same from C++17, through the target scic::cpp.
#include <scic/scic.hpp>

#include <iostream>

static_assert(__cplusplus >= 201703L, "scic::cpp asks for C++17");

int main() {
  if (scic::abi_version() != SCIC_ABI_VERSION || !scic::check_panic_containment()) return 1;
  std::cout << "scic " << scic::version() << '\n';
}
