/** The view of a whole matrix stored row after row, as C and Go do. */
static inline scic_mat scic_mat_rowmajor(const double *data, size_t rows, size_t cols) {
  scic_mat m;
  m.data = data;
  m.rows = rows;
  m.cols = cols;
  m.row_stride = (ptrdiff_t)cols;
  m.col_stride = 1;
  return m;
}

/** The view of a whole matrix stored column after column, as Fortran and Julia do. */
static inline scic_mat scic_mat_colmajor(const double *data, size_t rows, size_t cols) {
  scic_mat m;
  m.data = data;
  m.rows = rows;
  m.cols = cols;
  m.row_stride = 1;
  m.col_stride = (ptrdiff_t)rows;
  return m;
}

/** As scic_mat_rowmajor(), to be written to. */
static inline scic_mat_mut scic_mat_mut_rowmajor(double *data, size_t rows, size_t cols) {
  scic_mat_mut m;
  m.data = data;
  m.rows = rows;
  m.cols = cols;
  m.row_stride = (ptrdiff_t)cols;
  m.col_stride = 1;
  return m;
}

/** As scic_mat_colmajor(), to be written to. */
static inline scic_mat_mut scic_mat_mut_colmajor(double *data, size_t rows, size_t cols) {
  scic_mat_mut m;
  m.data = data;
  m.rows = rows;
  m.cols = cols;
  m.row_stride = 1;
  m.col_stride = (ptrdiff_t)rows;
  return m;
}

/** As scic_mat_rowmajor(), for integers to be written to. */
static inline scic_imat_mut scic_imat_mut_rowmajor(int64_t *data, size_t rows, size_t cols) {
  scic_imat_mut m;
  m.data = data;
  m.rows = rows;
  m.cols = cols;
  m.row_stride = (ptrdiff_t)cols;
  m.col_stride = 1;
  return m;
}

/** As scic_mat_colmajor(), for integers to be written to. */
static inline scic_imat_mut scic_imat_mut_colmajor(int64_t *data, size_t rows, size_t cols) {
  scic_imat_mut m;
  m.data = data;
  m.rows = rows;
  m.cols = cols;
  m.row_stride = 1;
  m.col_stride = (ptrdiff_t)rows;
  return m;
}

/** An output that is not wanted. */
static inline scic_mat_mut scic_mat_mut_none(void) { return scic_mat_mut_rowmajor(NULL, 0, 0); }

/** As scic_mat_mut_none(), for integers. */
static inline scic_imat_mut scic_imat_mut_none(void) { return scic_imat_mut_rowmajor(NULL, 0, 0); }
