package optimize_test

import (
	"errors"
	"math"
	"testing"

	"scic"
	"scic/optimize"
)

func rosenbrock(x, grad []float64) (float64, error) {
	a, b := x[1]-x[0]*x[0], 1-x[0]
	if grad != nil {
		grad[0] = -400*a*x[0] - 2*b
		grad[1] = 200 * a
	}
	return 100*a*a + b*b, nil
}

var start = []float64{-1.2, 1}

func TestEveryMethodFindsTheMinimum(t *testing.T) {
	for _, method := range []optimize.Method{optimize.NelderMead, optimize.BFGS, optimize.LBFGSB} {
		for _, jac := range []optimize.Jac{optimize.User, optimize.TwoPoint, optimize.ThreePoint} {
			if method == optimize.NelderMead && jac != optimize.User {
				continue
			}
			s := optimize.NewSettings(method)
			s.Jac = jac
			r, err := optimize.Minimize(rosenbrock, start, s)
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs(r.X[0]-1) > 1e-3 || math.Abs(r.X[1]-1) > 2e-3 || r.NFev == 0 || r.Stop == optimize.Running {
				t.Errorf("method %d, jac %d: %+v (%v)", method, jac, r, r.Stop)
			}
		}
	}
	if r, err := optimize.Minimize(rosenbrock, start, nil); err != nil || r.Status != scic.OK {
		t.Errorf("%v %v", r, err)
	}
}

func TestBounds(t *testing.T) {
	s := optimize.NewSettings(optimize.LBFGSB)
	s.Lower, s.Upper = []float64{-2, -2}, []float64{0.5, 2}
	r, err := optimize.Minimize(rosenbrock, start, s)
	if err != nil || math.Abs(r.X[0]-0.5) > 1e-12 || math.Abs(r.X[1]-0.25) > 1e-5 {
		t.Errorf("%+v %v", r, err)
	}
	s.Lower = []float64{1}
	if _, err := optimize.Minimize(rosenbrock, start, s); !errors.Is(err, scic.ShapeMismatch) {
		t.Errorf("got %v", err)
	}
	s.Lower = []float64{1, 1}
	if _, err := optimize.Minimize(rosenbrock, start, s); !errors.Is(err, scic.InvalidArgument) {
		t.Errorf("got %v", err)
	}
}

type mine struct{ code int }

func (m *mine) Error() string { return "mine" }

func TestErrorsAndPanicsComeOutAsThemselves(t *testing.T) {
	want := &mine{7}
	_, err := optimize.Minimize(func(x, g []float64) (float64, error) { return 0, want }, start, nil)
	if err != error(want) {
		t.Errorf("got %v", err)
	}
	s := optimize.NewSettings(optimize.LBFGSB)
	s.Callback = func(*optimize.Minimizer) error { return want }
	if _, err = optimize.Minimize(rosenbrock, start, s); err != error(want) {
		t.Errorf("got %v", err)
	}
	panics := map[string]func(){
		"objective": func() {
			optimize.Minimize(func(x, g []float64) (float64, error) { panic(want) }, start, nil)
		},
		"callback": func() {
			s.Callback = func(*optimize.Minimizer) error { panic(want) }
			optimize.Minimize(rosenbrock, start, s)
		},
		"runtime error": func() {
			optimize.Minimize(func(x, g []float64) (float64, error) { return x[len(x)+2], nil }, start, nil)
		},
	}
	for name, f := range panics {
		func() {
			defer func() {
				p := recover()
				if _, runtime := p.(interface{ RuntimeError() }); p != any(want) && !(name == "runtime error" && runtime) {
					t.Errorf("%s: recovered %v", name, p)
				}
			}()
			f()
			t.Errorf("%s: no panic", name)
		}()
	}
}

func TestStopAndReject(t *testing.T) {
	s := optimize.NewSettings(optimize.LBFGSB)
	n := 0
	s.Callback = func(m *optimize.Minimizer) error {
		if n++; n == 3 {
			return scic.ErrStop
		}
		return nil
	}
	r, err := optimize.Minimize(rosenbrock, start, s)
	if err != nil || r.Status != scic.StoppedByCallback || r.Stop != optimize.StopCallback || r.NIt != 3 {
		t.Errorf("%+v %v", r, err)
	}
	// ln is defined for positive x only
	f := func(x, g []float64) (float64, error) {
		if x[0] <= 0 {
			return 0, optimize.ErrReject
		}
		if g != nil {
			g[0] = 1 - 1/x[0]
		}
		return x[0] - math.Log(x[0]), nil
	}
	r, err = optimize.Minimize(f, []float64{20}, nil)
	if err != nil || math.Abs(r.X[0]-1) > 1e-4 {
		t.Errorf("%+v %v", r, err)
	}
}

func TestAskAndTellTakeTheSamePath(t *testing.T) {
	want, err := optimize.Minimize(rosenbrock, start, nil)
	if err != nil {
		t.Fatal(err)
	}
	m, err := optimize.NewMinimizer(start, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	if _, err := m.Tell(nil); !errors.Is(err, scic.InvalidState) {
		t.Errorf("tell before ask: %v", err)
	}
	iterations := 0
	for {
		a, err := m.Ask()
		if err != nil {
			t.Fatal(err)
		}
		if a.Done {
			break
		}
		for p := range a.Points {
			a.F[p], _ = rosenbrock(a.X[p*a.N:(p+1)*a.N], a.Grad[p*a.N:(p+1)*a.N])
		}
		turn, err := m.Tell(nil)
		if err != nil {
			t.Fatal(err)
		}
		if turn == optimize.Iterate {
			iterations++
			if _, _, err := m.Iterate(); err != nil {
				t.Error(err)
			}
		}
	}
	got, err := m.Result()
	if err != nil || got.F != want.F || got.X[0] != want.X[0] || got.X[1] != want.X[1] || got.NFev != want.NFev {
		t.Errorf("%+v %v, want %+v", got, err, want)
	}
	if iterations == 0 {
		t.Error("no iteration was announced")
	}
}

func TestReentry(t *testing.T) {
	m, err := optimize.NewMinimizer(start, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	_, err = m.Run(func(x, g []float64) (float64, error) {
		if _, err := m.Ask(); !errors.Is(err, scic.InvalidState) {
			t.Errorf("ask inside: %v", err)
		}
		if _, err := m.Info(); err != nil {
			t.Errorf("info inside: %v", err)
		}
		return rosenbrock(x, g)
	}, nil)
	if err != nil {
		t.Error(err)
	}
}

func TestClosedAndBadArguments(t *testing.T) {
	m, err := optimize.NewMinimizer(start, nil)
	if err != nil {
		t.Fatal(err)
	}
	m.Close()
	m.Close()
	if _, err := m.Info(); !errors.Is(err, scic.NullPointer) {
		t.Errorf("closed: %v", err)
	}
	if _, err := optimize.NewMinimizer(nil, nil); !errors.Is(err, scic.InvalidArgument) {
		t.Errorf("no variables: %v", err)
	}
	if _, err := optimize.NewMinimizer([]float64{math.NaN()}, nil); !errors.Is(err, scic.InvalidArgument) {
		t.Errorf("NaN: %v", err)
	}
	s := optimize.NewSettings(99)
	if _, err := optimize.NewMinimizer(start, s); !errors.Is(err, scic.InvalidArgument) {
		t.Errorf("method 99: %v", err)
	}
	s = optimize.NewSettings(optimize.LBFGSB)
	s.Adaptive = true
	if _, err := optimize.NewMinimizer(start, s); !errors.Is(err, scic.InvalidArgument) {
		t.Errorf("adaptive L-BFGS-B: %v", err)
	}
}

func BenchmarkRosenbrock(b *testing.B) {
	evaluations := 0
	for range b.N {
		r, err := optimize.Minimize(rosenbrock, start, nil)
		if err != nil {
			b.Fatal(err)
		}
		evaluations += r.NFev
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(evaluations), "ns/evaluation")
}
