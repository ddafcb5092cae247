/* Rosenbrock's function as a compiled Python function, so that SciPy is not slowed by an interpreted objective:
   rosenbrock(x, g) writes the gradient into g and returns (f, g). */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "objectives.h"

static PyObject *fg(PyObject *self, PyObject *const *args, Py_ssize_t n_args) {
  (void)self;
  Py_buffer x, g;
  if (n_args != 2) return PyErr_Format(PyExc_TypeError, "rosenbrock(x, g)");
  if (PyObject_GetBuffer(args[0], &x, PyBUF_SIMPLE) < 0) return NULL;
  if (PyObject_GetBuffer(args[1], &g, PyBUF_WRITABLE) < 0) return NULL;
  double f = rosenbrock((size_t)x.len / sizeof(double), x.buf, g.buf);
  PyBuffer_Release(&x);
  PyBuffer_Release(&g);
  return Py_BuildValue("dO", f, args[1]);
}
static PyMethodDef methods[] = {{"rosenbrock", (PyCFunction)(void (*)(void))fg, METH_FASTCALL, "f and gradient"}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "objectives_python", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_objectives_python(void) { return PyModule_Create(&module); }
