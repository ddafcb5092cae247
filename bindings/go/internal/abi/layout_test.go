package abi

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// The structs are those of C: bindings/abi.tsv holds what the C compiler says.
func TestStructsAreThoseOfC(t *testing.T) {
	_, here, _, _ := runtime.Caller(0)
	file, err := os.Open(filepath.Join(filepath.Dir(here), "..", "..", "..", "abi.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Scan() // the names of the columns
	for _, row := range Layout() {
		if !lines.Scan() {
			t.Fatalf("abi.tsv ends before %v", row)
		}
		if got := fmt.Sprintf("%s\t%s\t%d\t%d", row.Struct, row.Field, row.Offset, row.Size); got != lines.Text() {
			t.Errorf("%q in Go, %q in C", got, lines.Text())
		}
	}
	if lines.Scan() {
		t.Errorf("Go does not know %q", lines.Text())
	}
}
