/* Two Rust static libraries in one program. */
#include <scic.h>
int other_contains_a_panic(void);
int main(void) { return !(scic_check_panic_containment() == SCIC_PANIC && other_contains_a_panic()); }
