package sparse_test

import (
	"errors"
	"math"
	"sync"
	"testing"

	"scic"
	"scic/internal/vectors"
	"scic/sparse"
)

// small is
//
//	1 0 2
//	0 0 3
//	4 5 0
//	0 0 0
func small(t *testing.T) *sparse.Matrix {
	t.Helper()
	a, err := sparse.NewCompressed(4, 3, sparse.CSR, []int32{0, 2, 3, 5, 5}, []int32{0, 2, 2, 0, 1}, []float64{1, 2, 3, 4, 5})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	return a
}

func dense(t *testing.T, a *sparse.Matrix) []float64 {
	t.Helper()
	m := scic.NewMatrix(a.Shape())
	if err := a.Dense(m); err != nil {
		t.Fatal(err)
	}
	return m.Data
}

var smallDense = []float64{1, 0, 2, 0, 0, 3, 4, 5, 0, 0, 0, 0}

func TestMaking(t *testing.T) {
	a := small(t)
	vectors.CheckClose(t, "compressed", dense(t, a), smallDense, 0, 0)
	b, err := sparse.NewCOO(4, 3, []int64{2, 0, 0, 1, 2, 0}, []int64{1, 0, 2, 2, 0, 2}, []float64{5, 1, 1.5, 3, 4, 0.5}, sparse.CSC)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	vectors.CheckClose(t, "triplets", dense(t, b), smallDense, 0, 0)
	if b.NNZ() != 5 || b.Layout() != sparse.CSC {
		t.Errorf("%d elements, layout %v", b.NNZ(), b.Layout())
	}
	c, err := sparse.NewDense(scic.RowMajor(smallDense, 4, 3), sparse.CSR)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if c.NNZ() != 5 {
		t.Errorf("%d elements", c.NNZ())
	}
	if v, err := c.At(2, 1); v != 5 || err != nil {
		t.Errorf("%v %v", v, err)
	}
	if v, err := c.At(3, 1); v != 0 || err != nil {
		t.Errorf("%v %v", v, err)
	}
	canonical, err := sparse.Validate(1, 3, sparse.CSR, []int64{0, 2}, []int64{2, 0}, []float64{1, 2})
	if canonical || err != nil {
		t.Errorf("unsorted indices: %v %v", canonical, err)
	}
}

func TestChanging(t *testing.T) {
	a := small(t)
	check := func(name string, b *sparse.Matrix, err error, want ...float64) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		defer b.Close()
		vectors.CheckClose(t, name, dense(t, b), want, 0, 0)
	}
	b, err := a.T()
	check("transpose", b, err, 1, 0, 4, 0, 0, 0, 5, 0, 2, 3, 0, 0)
	b, err = a.Convert(sparse.CSC)
	check("convert", b, err, smallDense...)
	b, err = a.Scale([]float64{1, 2, 3, 4}, []float64{1, 0.5, 10})
	check("scale", b, err, 1, 0, 20, 0, 0, 60, 12, 7.5, 0, 0, 0, 0)
	b, err = a.Slice(1, 3, 0, 2)
	check("slice", b, err, 0, 0, 4, 5)
	b, err = a.SelectRows([]int64{2, 0, 2})
	check("rows", b, err, 4, 5, 0, 1, 0, 2, 4, 5, 0)
	b, err = a.SelectCols([]int64{2})
	check("columns", b, err, 2, 3, 0, 0)
	row, col, data, err := a.COO()
	if err != nil || len(row) != 5 || col[4] != 1 || data[4] != 5 {
		t.Errorf("%v %v %v %v", row, col, data, err)
	}
	d, err := a.Diagonal()
	if err != nil {
		t.Fatal(err)
	}
	vectors.CheckClose(t, "diagonal", d, []float64{1, 0, 0}, 0, 0)
}

func TestProductsAndNorms(t *testing.T) {
	a := small(t)
	y, yt := make([]float64, 4), make([]float64, 3)
	if err := errors.Join(a.MulVec(y, []float64{1, 2, 3}), a.MulTransVec(yt, []float64{1, 2, 3, 4})); err != nil {
		t.Fatal(err)
	}
	vectors.CheckClose(t, "A x", y, []float64{7, 9, 14, 0}, 0, 0)
	vectors.CheckClose(t, "A' x", yt, []float64{13, 15, 8}, 0, 0)
	x := scic.RowMajor([]float64{1, 1, 2, 1, 3, 1}, 3, 2)
	m, mt := scic.NewMatrix(4, 2), scic.ColMajor(make([]float64, 4), 3, 1)
	if err := a.Mul(m, x); err != nil {
		t.Fatal(err)
	}
	vectors.CheckClose(t, "A X", m.Data, []float64{7, 3, 9, 3, 14, 9, 0, 0}, 0, 0)
	mt = scic.ColMajor(make([]float64, 3), 3, 1)
	if err := a.MulTrans(mt, scic.ColMajor([]float64{1, 2, 3, 4}, 4, 1)); err != nil {
		t.Fatal(err)
	}
	vectors.CheckClose(t, "A' X", mt.Data, []float64{13, 15, 8}, 0, 0)
	for kind, want := range map[sparse.NormKind]float64{sparse.Frobenius: math.Sqrt(55), sparse.Norm1: 5, sparse.NormInf: 9,
		sparse.NormMax: 5, sparse.Norm2: 6.43837722} {
		if got, err := a.Norm(kind); err != nil || !vectors.Close(got, want, 1e-8, 0) {
			t.Errorf("norm %d: %v %v, want %v", kind, got, err, want)
		}
	}
	if s, err := a.Sum(); s != 15 || err != nil {
		t.Errorf("sum %v %v", s, err)
	}
	rows, err := a.SumAxis(sparse.OverCols)
	if err != nil {
		t.Fatal(err)
	}
	vectors.CheckClose(t, "row sums", rows, []float64{3, 3, 9, 0}, 0, 0)
	cols, err := a.NormAxis(sparse.NormInf, sparse.OverRows)
	if err != nil {
		t.Fatal(err)
	}
	vectors.CheckClose(t, "column norms", cols, []float64{4, 5, 3}, 0, 0)
}

func TestSVDs(t *testing.T) {
	a := small(t)
	cycles := 0
	r, err := sparse.SVDs(a, 2, &sparse.SVDsOptions{Progress: func(p sparse.SVDsProgress) error { cycles++; return nil }})
	if err != nil || r.Status != scic.OK || r.Converged != 2 {
		t.Fatalf("%+v %v", r, err)
	}
	for j := range 2 { // A v = s u
		v := r.Vt.Row(j)
		y := make([]float64, 4)
		if err := a.MulVec(y, v); err != nil {
			t.Fatal(err)
		}
		for i := range y {
			if !vectors.Close(y[i], r.S[j]*r.U.At(i, j), 1e-9, 1e-9) {
				t.Errorf("A v[%d] differs from s u at %d", j, i)
			}
		}
	}
	values, err := sparse.SVDs(a, 2, &sparse.SVDsOptions{ValuesOnly: true, V0: []float64{1, 1, 1}, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	vectors.CheckClose(t, "values", values.S, r.S, 1e-10, 0)
	for name, bad := range map[string]func() error{
		"k = 0":  func() error { _, err := sparse.SVDs(a, 0, nil); return err },
		"k = -1": func() error { _, err := sparse.SVDs(a, -1, nil); return err },
		"k = 4":  func() error { _, err := sparse.SVDs(a, 4, nil); return err },
		"tol":    func() error { _, err := sparse.SVDs(a, 1, &sparse.SVDsOptions{Tol: -1}); return err },
	} {
		if err := bad(); !errors.Is(err, scic.InvalidArgument) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func big(t *testing.T) *sparse.Matrix {
	t.Helper()
	n := 400
	var row, col []int64
	var data []float64
	for i := range n * 20 {
		row, col = append(row, int64(i%n)), append(col, int64((i*i+7*i)%n))
		data = append(data, math.Sin(float64(i)))
	}
	a, err := sparse.NewCOO(n, n, row, col, data, sparse.CSR)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	return a
}

func TestSVDsCallbacks(t *testing.T) {
	a, mine := big(t), errors.New("mine")
	if _, err := sparse.SVDs(a, 10, &sparse.SVDsOptions{Progress: func(sparse.SVDsProgress) error { return mine }}); err != mine {
		t.Errorf("got %v", err)
	}
	r, err := sparse.SVDs(a, 10, &sparse.SVDsOptions{Progress: func(sparse.SVDsProgress) error { return scic.ErrStop }})
	if err != nil || r.Status != scic.StoppedByCallback {
		t.Errorf("%v", err)
	}
	defer func() {
		if p := recover(); p != any(mine) {
			t.Errorf("recovered %v", p)
		}
	}()
	sparse.SVDs(a, 10, &sparse.SVDsOptions{Progress: func(sparse.SVDsProgress) error { panic(mine) }})
	t.Error("no panic")
}

func TestBadArguments(t *testing.T) {
	a := small(t)
	check := func(name string, err error, want scic.Status) {
		t.Helper()
		if !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", name, err, want)
		}
	}
	_, err := sparse.NewCompressed(1, 2, sparse.CSR, []int32{0, 1}, []int32{2}, []float64{1})
	check("index", err, scic.IndexOutOfRange)
	_, err = sparse.NewCompressed(1, 2, sparse.CSR, []int32{0}, []int32{}, []float64{})
	check("short indptr", err, scic.ShapeMismatch)
	_, err = sparse.NewCompressed(1, 2, 9, []int32{0, 0}, nil, nil)
	check("layout", err, scic.InvalidArgument)
	_, err = sparse.NewCOO(-1, 2, []int32{}, []int32{}, nil, sparse.CSR)
	check("rows", err, scic.InvalidArgument)
	_, err = sparse.NewCOO(1, 2, []int32{0}, []int32{}, []float64{1}, sparse.CSR)
	check("col", err, scic.ShapeMismatch)
	_, err = a.At(4, 0)
	check("at", err, scic.IndexOutOfRange)
	check("x", a.MulVec(make([]float64, 4), make([]float64, 4)), scic.ShapeMismatch)
	check("y", a.MulVec(make([]float64, 3), make([]float64, 3)), scic.ShapeMismatch)
	check("Y", a.Mul(scic.NewMatrix(4, 3), scic.NewMatrix(3, 2)), scic.ShapeMismatch)
	_, err = a.SelectRows([]int64{4})
	check("rows", err, scic.IndexOutOfRange)
	_, err = a.Norm(77)
	check("norm", err, scic.InvalidArgument)
	b := small(t)
	b.Close()
	_, err = b.Sum()
	check("closed", err, scic.NullPointer)
}

func TestManyGoroutines(t *testing.T) {
	a := big(t)
	n, _ := a.Shape()
	x, want := make([]float64, n), make([]float64, n)
	for i := range x {
		x[i] = float64(i)
	}
	if err := a.MulVec(want, x); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 16 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			y := make([]float64, n)
			if err := a.MulTransVec(y, x); err != nil {
				t.Error(err)
			}
			if err := a.MulVec(y, x); err != nil {
				t.Error(err)
			}
			for i := range y {
				if y[i] != want[i] {
					t.Errorf("y[%d] differs", i)
					return
				}
			}
		}()
	}
	wg.Wait()
}
