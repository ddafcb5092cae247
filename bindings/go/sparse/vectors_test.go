package sparse_test

import (
	"math"
	"testing"

	"scic"
	"scic/internal/vectors"
	"scic/sparse"
)

var layouts = map[string]sparse.Layout{"csr": sparse.CSR, "csc": sparse.CSC}

func narrow(wide []int64) []int32 {
	out := make([]int32, len(wide))
	for i, v := range wide {
		out[i] = int32(v)
	}
	return out
}

func name(c vectors.Case) string { return c.String("name") }

// own checks a matrix that was just made, and closes it when the test ends.
func own(t *testing.T, a *sparse.Matrix, err error) *sparse.Matrix {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	return a
}

// compressed makes the matrix of the arrays whose keys begin with prefix, with indices of 32 or 64 bits.
func compressed(t *testing.T, c vectors.Case, layout, prefix string, wide bool) *sparse.Matrix {
	t.Helper()
	rows, cols, data := c.Int("rows"), c.Int("cols"), c.Floats(prefix+"data")
	indptr, indices := c.Ints(prefix+"indptr"), c.Ints(prefix+"indices")
	if wide {
		a, err := sparse.NewCompressed(rows, cols, layouts[layout], indptr, indices, data)
		return own(t, a, err)
	}
	a, err := sparse.NewCompressed(rows, cols, layouts[layout], narrow(indptr), narrow(indices), data)
	return own(t, a, err)
}

// checkStored compares the stored elements, one by one and in their order, with the arrays of those keys.
func checkStored(t *testing.T, c vectors.Case, a *sparse.Matrix, layout, prefix string) {
	t.Helper()
	indptr, indices, data := c.Ints(prefix+"indptr"), c.Ints(prefix+"indices"), c.Floats(prefix+"data")
	row, col, values, err := a.COO()
	if err != nil {
		t.Fatal(err)
	}
	major, minor := row, col
	if layout == "csc" {
		major, minor = col, row
	}
	if a.Layout() != layouts[layout] || a.NNZ() != len(data) || len(major) != len(data) {
		t.Fatalf("%s: layout %v, %d elements, want %d", prefix, a.Layout(), a.NNZ(), len(data))
	}
	for i := range len(indptr) - 1 {
		for p := indptr[i]; p < indptr[i+1]; p++ {
			if major[p] != int64(i) || minor[p] != indices[p] {
				t.Fatalf("%s: element %d is at %d, %d, want %d, %d", prefix, p, major[p], minor[p], i, indices[p])
			}
		}
	}
	vectors.CheckClose(t, prefix+"data", values, data, 0, 0)
	for p := range data {
		if math.Signbit(values[p]) != math.Signbit(data[p]) && !math.IsNaN(data[p]) {
			t.Errorf("%s: element %d is %v, want %v", prefix, p, values[p], data[p])
		}
	}
}

func checkDense(t *testing.T, what string, a *sparse.Matrix, want []float64) {
	t.Helper()
	vectors.CheckClose(t, what, dense(t, a), want, 0, 0)
}

// column is column j of a flat row-major matrix of k columns.
func column(x []float64, k, j int) []float64 {
	out := make([]float64, len(x)/k)
	for i := range out {
		out[i] = x[i*k+j]
	}
	return out
}

func checkProducts(t *testing.T, c vectors.Case, a *sparse.Matrix, atol float64) {
	t.Helper()
	rows, cols, k := c.Int("rows"), c.Int("cols"), c.Int("k")
	x, y, xt, yt := c.Floats("x"), c.Floats("y"), c.Floats("xt"), c.Floats("yt")
	out, outt := scic.NewMatrix(rows, k), scic.NewMatrix(cols, k)
	if err := a.Mul(out, scic.RowMajor(x, cols, k)); err != nil {
		t.Fatal(err)
	}
	if err := a.MulTrans(outt, scic.RowMajor(xt, rows, k)); err != nil {
		t.Fatal(err)
	}
	vectors.CheckClose(t, "A X", out.Data, y, 0, atol)
	vectors.CheckClose(t, "A' X", outt.Data, yt, 0, atol)
	for j := range k {
		v, vt := make([]float64, rows), make([]float64, cols)
		if err := a.MulVec(v, column(x, k, j)); err != nil {
			t.Fatal(err)
		}
		if err := a.MulTransVec(vt, column(xt, k, j)); err != nil {
			t.Fatal(err)
		}
		vectors.CheckClose(t, "A x", v, column(y, k, j), 0, atol)
		vectors.CheckClose(t, "A' x", vt, column(yt, k, j), 0, atol)
	}
}

func TestVectorsMatrices(t *testing.T) {
	for _, c := range vectors.Open(t, "sparse_matrices") {
		t.Run(name(c), func(t *testing.T) {
			rows, cols := c.Int("rows"), c.Int("cols")
			for layout, l := range layouts {
				coo, err := sparse.NewCOO(rows, cols, c.Ints("row"), c.Ints("col"), c.Floats("data"), l)
				coo = own(t, coo, err)
				narrowCOO, err := sparse.NewCOO(rows, cols, narrow(c.Ints("row")), narrow(c.Ints("col")), c.Floats("data"), l)
				narrowCOO = own(t, narrowCOO, err)
				for _, a := range []*sparse.Matrix{
					coo, narrowCOO, compressed(t, c, layout, layout+"_", false), compressed(t, c, layout, layout+"_", true),
				} {
					checkMatrix(t, c, a, layout)
				}
				fromDense, err := sparse.NewDense(scic.RowMajor(c.Floats("dense"), rows, cols), l)
				checkDense(t, "from dense", own(t, fromDense, err), c.Floats("dense"))
			}
		})
	}
}

func checkMatrix(t *testing.T, c vectors.Case, a *sparse.Matrix, layout string) {
	t.Helper()
	rows, cols, want := c.Int("rows"), c.Int("cols"), c.Floats("dense")
	checkStored(t, c, a, layout, layout+"_")
	checkDense(t, "dense", a, want)
	for i := range rows {
		for j := range cols {
			if v, err := a.At(i, j); err != nil || v != want[i*cols+j] {
				t.Fatalf("element %d, %d is %v %v", i, j, v, err)
			}
		}
	}
	diagonal, err := a.Diagonal()
	if err != nil {
		t.Fatal(err)
	}
	vectors.CheckClose(t, "diagonal", diagonal, c.Floats("diagonal"), 0, 0)
	checkProducts(t, c, a, 0)
	box := c.Ints("box")
	b, err := a.Scale(c.Floats("row_factors"), c.Floats("col_factors"))
	checkDense(t, "scaled", own(t, b, err), c.Floats("scaled"))
	b, err = a.Slice(int(box[0]), int(box[1]), int(box[2]), int(box[3]))
	checkDense(t, "slice", own(t, b, err), c.Floats("slice"))
	b, err = a.SelectRows(c.Ints("select_rows"))
	checkDense(t, "rows", own(t, b, err), c.Floats("selected_rows"))
	b, err = a.SelectCols(c.Ints("select_cols"))
	checkDense(t, "columns", own(t, b, err), c.Floats("selected_cols"))
}

func TestVectorsCompressed(t *testing.T) {
	for _, c := range vectors.Open(t, "sparse_compressed") {
		t.Run(name(c), func(t *testing.T) {
			layout := c.String("layout")
			canonical, err := sparse.Validate(c.Int("rows"), c.Int("cols"), layouts[layout], c.Ints("indptr"), c.Ints("indices"), c.Floats("data"))
			if err != nil || canonical != (c.Int("canonical") == 1) {
				t.Errorf("canonical: %v %v", canonical, err)
			}
			for _, wide := range []bool{false, true} {
				a := compressed(t, c, layout, "", wide)
				checkStored(t, c, a, layout, "out_")
				checkDense(t, "dense", a, c.Floats("dense"))
			}
		})
	}
}

func TestVectorsParts(t *testing.T) {
	other := map[string]string{"csr": "csc", "csc": "csr"}
	for _, c := range vectors.Open(t, "sparse_parts") {
		t.Run(name(c), func(t *testing.T) {
			box := c.Ints("box")
			for layout := range layouts {
				a := compressed(t, c, layout, layout+"_", true)
				for to, l := range layouts {
					b, err := a.Convert(l)
					checkStored(t, c, own(t, b, err), to, to+"_")
				}
				b, err := a.T()
				checkStored(t, c, own(t, b, err), other[layout], layout+"_transpose_")
				b, err = a.Scale(c.Floats("row_factors"), c.Floats("col_factors"))
				checkStored(t, c, own(t, b, err), layout, layout+"_scale_")
				b, err = a.Slice(int(box[0]), int(box[1]), int(box[2]), int(box[3]))
				checkStored(t, c, own(t, b, err), layout, layout+"_slice_")
				b, err = a.SelectRows(c.Ints("select_rows"))
				checkStored(t, c, own(t, b, err), layout, layout+"_rows_")
				b, err = a.SelectCols(c.Ints("select_cols"))
				checkStored(t, c, own(t, b, err), layout, layout+"_cols_")
			}
		})
	}
}

func TestVectorsProducts(t *testing.T) {
	for _, c := range vectors.Open(t, "sparse_products") {
		t.Run(name(c), func(t *testing.T) {
			a := compressed(t, c, "csr", "csr_", false)
			checkProducts(t, c, a, c.Number("atol"))
			b, err := a.Convert(sparse.CSC)
			checkProducts(t, c, own(t, b, err), c.Number("atol"))
		})
	}
}

func TestVectorsNorms(t *testing.T) {
	const rounding = 4.5e-16 // references are rounded once, squares and roots twice more
	norms := map[string]sparse.NormKind{
		"fro": sparse.Frobenius, "norm_1": sparse.Norm1, "norm_2": sparse.Norm2, "norm_inf": sparse.NormInf, "max": sparse.NormMax,
	}
	lines := map[string]sparse.NormKind{"1": sparse.Norm1, "2": sparse.Norm2, "inf": sparse.NormInf}
	axes := map[string]sparse.Axis{"rows_": sparse.OverCols, "cols_": sparse.OverRows}
	for _, c := range vectors.Open(t, "sparse_norms") {
		for layout, l := range layouts {
			t.Run(name(c)+" "+layout, func(t *testing.T) {
				a, err := sparse.NewCOO(c.Int("rows"), c.Int("cols"), c.Ints("row"), c.Ints("col"), c.Floats("data"), l)
				a = own(t, a, err)
				if s, err := a.Sum(); err != nil || !vectors.Close(s, c.Number("sum"), rounding, 0) {
					t.Errorf("sum %v %v, want %v", s, err, c.Number("sum"))
				}
				for key, kind := range norms {
					rtol := rounding
					if kind == sparse.Norm2 {
						rtol = 1e-13 // iterated to 1e-12, of which the square remains
					}
					if s, err := a.Norm(kind); err != nil || !vectors.Close(s, c.Number(key), rtol, 0) {
						t.Errorf("%s %v %v, want %v", key, s, err, c.Number(key))
					}
				}
				for side, axis := range axes {
					got, err := a.SumAxis(axis)
					if err != nil {
						t.Fatal(err)
					}
					vectors.CheckClose(t, side+"sum", got, c.Floats(side+"sum"), rounding, 0)
					for key, kind := range lines {
						if got, err = a.NormAxis(kind, axis); err != nil {
							t.Fatal(err)
						}
						vectors.CheckClose(t, side+key, got, c.Floats(side+key), rounding, 0)
					}
				}
			})
		}
	}
}
