package spatial_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"sync"
	"testing"

	"scic"
	"scic/spatial"
)

func random(n, d int) scic.Matrix {
	r := rand.New(rand.NewPCG(1, 2))
	m := scic.NewMatrix(n, d)
	for i := range m.Data {
		m.Data[i] = r.Float64()
	}
	return m
}

func tree(t *testing.T, m scic.Matrix) *spatial.KDTree {
	t.Helper()
	tr, err := spatial.NewKDTree(m, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tr.Close)
	return tr
}

func TestNearestIsBruteForces(t *testing.T) {
	points, x := random(500, 3), random(20, 3)
	tr := tree(t, points)
	near, err := tr.Query(x, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range x.Rows {
		best, at := math.Inf(1), -1
		for j := range points.Rows {
			if d := math.Hypot(math.Hypot(x.At(i, 0)-points.At(j, 0), x.At(i, 1)-points.At(j, 1)), x.At(i, 2)-points.At(j, 2)); d < best {
				best, at = d, j
			}
		}
		if d, k := near.Of(i); k[0] != int64(at) || math.Abs(d[0]-best) > 1e-15 {
			t.Errorf("query %d: %v at %v, want %v at %v", i, d, k, best, at)
		}
	}
}

func TestColumnsAreTakenAsTheyAre(t *testing.T) {
	points := random(100, 2)
	byColumns := scic.ColMajor(make([]float64, 200), 100, 2)
	for i := range 100 {
		for j := range 2 {
			byColumns.Set(i, j, points.At(i, j))
		}
	}
	a, err := tree(t, points).Query(byColumns, 3, nil)
	if err != nil {
		t.Fatal(err)
	}
	b, err := tree(t, byColumns).Query(points, 3, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range a.Indices {
		if a.Indices[i] != b.Indices[i] || a.Distances[i] != b.Distances[i] {
			t.Fatalf("neighbour %d differs", i)
		}
	}
}

func TestBalls(t *testing.T) {
	line := scic.RowMajor([]float64{0, 1, 2, 3, 4}, 5, 1)
	tr := tree(t, line)
	x := scic.RowMajor([]float64{0, 2}, 2, 1)
	found, err := tr.QueryBall(x, []float64{1}, nil)
	if err != nil || len(found) != 2 || len(found[0]) != 2 || len(found[1]) != 3 || found[1][0] != 1 {
		t.Errorf("%v %v", found, err)
	}
	counts, err := tr.CountBall(x, []float64{0, 10}, nil)
	if err != nil || counts[0] != 1 || counts[1] != 5 {
		t.Errorf("%v %v", counts, err)
	}
	if mins, maxes, err := tr.Bounds(); err != nil || mins[0] != 0 || maxes[0] != 4 {
		t.Errorf("%v %v %v", mins, maxes, err)
	}
	if n, d := tr.Shape(); n != 5 || d != 1 {
		t.Errorf("%d x %d", n, d)
	}
}

func TestMissingNeighboursAndTheUpperBound(t *testing.T) {
	tr := tree(t, scic.RowMajor([]float64{0, 1, 2}, 3, 1))
	o := spatial.DefaultQueryOptions()
	o.DistanceUpperBound = 1
	near, err := tr.Query(scic.RowMajor([]float64{0}, 1, 1), 4, &o)
	if err != nil {
		t.Fatal(err)
	}
	if d, i := near.Of(0); i[0] != 0 || i[1] != 3 || !math.IsInf(d[1], 1) {
		t.Errorf("%v %v", d, i)
	}
}

func TestBadArguments(t *testing.T) {
	points := random(10, 2)
	tr := tree(t, points)
	cases := map[string]struct {
		err  error
		want scic.Status
	}{}
	add := func(name string, err error, want scic.Status) {
		cases[name] = struct {
			err  error
			want scic.Status
		}{err, want}
	}
	_, err := spatial.NewKDTree(scic.RowMajor([]float64{math.NaN()}, 1, 1), 0)
	add("NaN point", err, scic.InvalidArgument)
	_, err = spatial.NewKDTree(points, -1)
	add("leafsize", err, scic.InvalidArgument)
	_, err = tr.Query(random(1, 3), 1, nil)
	add("dimension", err, scic.ShapeMismatch)
	_, err = tr.Query(points, 0, nil)
	add("k = 0", err, scic.InvalidArgument)
	_, err = tr.Query(points, -1, nil)
	add("k = -1", err, scic.InvalidArgument)
	_, err = tr.Query(scic.Matrix{Data: points.Data[:3], Rows: 2, Cols: 2, RowStride: 2, ColStride: 1}, 1, nil)
	add("short data", err, scic.InsufficientSpace)
	_, err = tr.Query(points, 1, &spatial.QueryOptions{P: 0.5, DistanceUpperBound: 1})
	add("p", err, scic.InvalidArgument)
	_, err = tr.QueryBall(points, []float64{-1}, nil)
	add("negative radius", err, scic.InvalidArgument)
	_, err = tr.CountBall(points, []float64{1, 2}, nil)
	add("number of radii", err, scic.ShapeMismatch)
	for name, c := range cases {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%s: got %v, want %v", name, c.err, c.want)
		}
	}
}

func TestManyGoroutines(t *testing.T) {
	points := random(2000, 4)
	tr := tree(t, points)
	want, err := tr.Query(points, 5, nil)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 16 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			got, err := tr.Query(points, 5, nil)
			if err != nil {
				t.Error(err)
				return
			}
			for i := range got.Indices {
				if got.Indices[i] != want.Indices[i] {
					t.Errorf("neighbour %d differs", i)
					return
				}
			}
		}()
	}
	wg.Wait()
}
