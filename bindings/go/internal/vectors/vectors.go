// Package vectors reads the reference data that the tests of every language share (ctests/vectors).
package vectors

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// Case is one set of inputs and results.
type Case map[string]json.RawMessage

// Open reads ctests/vectors/name.json.
func Open(t testing.TB, name string) []Case {
	t.Helper()
	dir := os.Getenv("SCIC_VECTORS_DIR")
	if dir == "" {
		_, here, _, _ := runtime.Caller(0)
		dir = filepath.Join(filepath.Dir(here), "..", "..", "..", "..", "ctests", "vectors")
	}
	text, err := os.ReadFile(filepath.Join(dir, name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []Case }
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(file.Cases) == 0 {
		t.Fatalf("%s has no cases", name)
	}
	return file.Cases
}

func (c Case) get(key string, v any) {
	raw, ok := c[key]
	if !ok {
		panic(fmt.Sprintf("the case has no %q", key))
	}
	if err := json.Unmarshal(raw, v); err != nil {
		panic(fmt.Sprintf("%s: %v", key, err))
	}
}

// Has says whether the case has the key.
func (c Case) Has(key string) bool { _, ok := c[key]; return ok }

// String is a text.
func (c Case) String(key string) (s string) { c.get(key, &s); return }

// Number is a number; "inf", "-inf" and "nan" count as numbers.
func (c Case) Number(key string) float64 {
	var n number
	c.get(key, &n)
	return float64(n)
}

// Int is a whole number.
func (c Case) Int(key string) int { return int(c.Number(key)) }

// Floats is an array of numbers.
func (c Case) Floats(key string) []float64 {
	var ns []number
	c.get(key, &ns)
	out := make([]float64, len(ns))
	for i, n := range ns {
		out[i] = float64(n)
	}
	return out
}

// Ints is an array of whole numbers.
func (c Case) Ints(key string) (v []int64) { c.get(key, &v); return }

type number float64

func (n *number) UnmarshalJSON(text []byte) error {
	switch string(text) {
	case `"inf"`:
		*n = number(math.Inf(1))
	case `"-inf"`:
		*n = number(math.Inf(-1))
	case `"nan"`:
		*n = number(math.NaN())
	default:
		return json.Unmarshal(text, (*float64)(n))
	}
	return nil
}

// Close says whether a and b agree: |a - b| <= atol + rtol |b|, and non-finite numbers are the same.
func Close(a, b, rtol, atol float64) bool {
	if a == b || (math.IsNaN(a) && math.IsNaN(b)) {
		return true
	}
	return math.Abs(a-b) <= atol+rtol*math.Abs(b)
}

// CheckClose fails the test where two arrays differ.
func CheckClose(t testing.TB, what string, got, want []float64, rtol, atol float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d elements, want %d", what, len(got), len(want))
	}
	for i := range got {
		if !Close(got[i], want[i], rtol, atol) {
			t.Fatalf("%s[%d] = %.17g, want %.17g", what, i, got[i], want[i])
		}
	}
}
