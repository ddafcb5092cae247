package scic

import "fmt"

// Matrix is a strided view of dense data: element (i, j) is Data[i*RowStride + j*ColStride]. Strides must
// not be negative here; a view of the library's own may be anything.
type Matrix struct {
	Data                 []float64
	Rows, Cols           int
	RowStride, ColStride int
}

// NewMatrix makes a rows × cols matrix of zeros, stored row after row.
func NewMatrix(rows, cols int) Matrix {
	return RowMajor(make([]float64, rows*cols), rows, cols)
}

// RowMajor is the rows × cols matrix stored row after row in data.
func RowMajor(data []float64, rows, cols int) Matrix { return Matrix{data, rows, cols, cols, 1} }

// ColMajor is the rows × cols matrix stored column after column in data.
func ColMajor(data []float64, rows, cols int) Matrix { return Matrix{data, rows, cols, 1, rows} }

// At returns element (i, j).
func (m Matrix) At(i, j int) float64 { return m.Data[i*m.RowStride+j*m.ColStride] }

// Set writes element (i, j).
func (m Matrix) Set(i, j int, v float64) { m.Data[i*m.RowStride+j*m.ColStride] = v }

// T returns the transposed view of the same data.
func (m Matrix) T() Matrix { return Matrix{m.Data, m.Cols, m.Rows, m.ColStride, m.RowStride} }

// Row returns row i of a matrix whose rows are stored without gaps (ColStride 1), else nil.
func (m Matrix) Row(i int) []float64 {
	if m.ColStride != 1 {
		return nil
	}
	return m.Data[i*m.RowStride : i*m.RowStride+m.Cols]
}

// Check says whether every element lies within Data: the library trusts views, so each call checks.
func (m Matrix) Check(name string) error {
	if m.Rows < 0 || m.Cols < 0 || m.RowStride < 0 || m.ColStride < 0 {
		return &Error{Status: InvalidArgument, Message: fmt.Sprintf("%s has a negative size or stride", name)}
	}
	if m.Rows == 0 || m.Cols == 0 {
		return nil
	}
	last := uint64(len(m.Data)) - 1
	if len(m.Data) == 0 || !within(uint64(m.Rows-1), uint64(m.RowStride), uint64(m.Cols-1), uint64(m.ColStride), last) {
		return &Error{Status: InsufficientSpace, Message: fmt.Sprintf("%s of %d x %d has %d elements of data", name, m.Rows, m.Cols, len(m.Data))}
	}
	return nil
}

// within: i*r + j*c <= last, without overflow.
func within(i, r, j, c, last uint64) bool {
	if (i > 0 && r > last/i) || (j > 0 && c > last/j) {
		return false
	}
	return i*r+j*c <= last
}
