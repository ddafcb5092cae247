// The same from C++17, through the target scic::cpp.
#include <scic.h>

#include <iostream>
#include <string_view>

static_assert(__cplusplus >= 201703L, "scic::cpp asks for C++17");

int main() {
  const std::string_view version = scic_version();
  if (version.empty() || scic_abi_version() != SCIC_ABI_VERSION) return 1;
  if (scic_check_panic_containment() != SCIC_PANIC) return 2;
  std::cout << "scic " << version << '\n';
}
