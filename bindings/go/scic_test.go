package scic_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"scic"
)

func TestVersion(t *testing.T) {
	if v := scic.Version(); !strings.HasPrefix(v, "0.1.") {
		t.Errorf("version %q", v)
	}
}

func TestPanicsAreContained(t *testing.T) {
	err := scic.CheckPanicContainment()
	if !errors.Is(err, scic.Panic) || !strings.Contains(err.Error(), "internal error") {
		t.Errorf("got %v", err)
	}
}

func TestErrors(t *testing.T) {
	err := scic.SetNumThreads(0)
	var e *scic.Error
	if !errors.As(err, &e) || e.Status != scic.InvalidArgument || !errors.Is(err, scic.InvalidArgument) {
		t.Fatalf("got %v", err)
	}
	if errors.Is(err, scic.Panic) || !strings.Contains(e.Message, "n is 0") {
		t.Errorf("got %v", err)
	}
	if s := scic.ShapeMismatch.String(); s != "SCIC_SHAPE_MISMATCH" {
		t.Errorf("got %q", s)
	}
	if s := scic.Status(12345).String(); s != "SCIC_UNKNOWN_STATUS" {
		t.Errorf("got %q", s)
	}
}

func TestThreads(t *testing.T) {
	defer scic.SetNumThreads(scic.NumThreads())
	if err := scic.SetNumThreads(2); err != nil || scic.NumThreads() != 2 {
		t.Errorf("%v, %d threads", err, scic.NumThreads())
	}
	if err := scic.SetNumThreads(-1); !errors.Is(err, scic.InvalidArgument) {
		t.Errorf("got %v", err)
	}
}

func TestMatrixViews(t *testing.T) {
	m := scic.RowMajor([]float64{1, 2, 3, 4, 5, 6}, 2, 3)
	if m.At(1, 0) != 4 || m.T().At(0, 1) != 4 || m.Row(1)[2] != 6 || m.T().Row(0) != nil {
		t.Error("wrong elements")
	}
	m.Set(0, 2, 7)
	if m.Data[2] != 7 {
		t.Error("Set wrote elsewhere")
	}
	for _, bad := range []scic.Matrix{
		{Data: m.Data, Rows: 3, Cols: 3, RowStride: 3, ColStride: 1},
		{Data: nil, Rows: 1, Cols: 1, RowStride: 1, ColStride: 1},
		{Data: m.Data, Rows: -1, Cols: 1},
		{Data: m.Data, Rows: 2, Cols: 2, RowStride: -1, ColStride: 1},
		{Data: m.Data, Rows: math.MaxInt, Cols: 2, RowStride: math.MaxInt, ColStride: 1},
	} {
		if bad.Check("m") == nil {
			t.Errorf("%v is accepted", bad)
		}
	}
	if err := scic.NewMatrix(0, 5).Check("m"); err != nil {
		t.Error(err)
	}
}
