/* Reference vectors: ctests/vectors/<name>.json, read by the tests of every language.
 *
 *     TEST(products_are_scipys) {
 *         const scic_vectors *v = scic_vectors_open("sparse_products");
 *         FOR_CASES(c, v) {
 *             size_t n;
 *             const double *x = scic_case_doubles(c, "x", &n);
 *             const int64_t *indptr = scic_case_ints(c, "indptr", NULL);
 *             double norm = scic_case_number(c, "norm");
 *             ...
 *         }
 *     }
 *
 * A file is {"source": "...", "cases": [{"name": "...", key: value, ...}, ...]}. A value is a number, a
 * string, or a flat array of numbers; "inf", "-inf" and "nan" stand for the numbers that JSON lacks, and
 * true and false are 1 and 0. While FOR_CASES is at a case, failures show its name. Everything lives until
 * the test ends. A file that cannot be read, a missing key or a value of another kind ends the test with
 * a message, so tests need not check anything here.
 *
 * Files are looked for in the directory SCIC_VECTORS_DIR of the environment, or else where a macro of
 * that name says (a string), or else in ctests/vectors.
 */
#ifndef SCIC_VECTORS_H
#define SCIC_VECTORS_H

typedef enum { SCIC_FIELD_STRING, SCIC_FIELD_NUMBERS } scic_field_kind;

typedef struct scic_field {
  struct scic_field *next;
  const char *key;
  scic_field_kind kind;
  const char *string;
  double *numbers;
  int64_t *integers; /* the same as integers */
  size_t n;
  int is_array, is_integer; /* is_integer: every number is one */
} scic_field;

typedef struct scic_case {
  struct scic_case *next;
  const char *file, *name;
  scic_field *fields;
} scic_case;

typedef struct scic_vectors {
  const char *source;
  scic_case *cases;
  size_t n_cases;
} scic_vectors;

/* ---- reading the values of a case ---- */

static inline const scic_field *scic_case_find(const scic_case *c, const char *key) {
  const scic_field *f;
  for (f = c->fields; f; f = f->next)
    if (strcmp(f->key, key) == 0) return f;
  return NULL;
}

/* Whether the case has the key. */
static inline int scic_case_has(const scic_case *c, const char *key) {
  return scic_case_find(c, key) != NULL;
}

static inline const scic_field *scic_case_field(const scic_case *c, const char *key,
                                                const char *wanted, scic_field_kind kind,
                                                int is_array) {
  const scic_field *f = scic_case_find(c, key);
  if (!f || f->kind != kind || f->is_array != is_array) {
    scic_test_fail(c->file, 0, "case \"%s\": \"%s\" is %s, expected %s", c->name, key,
                   f ? "of another kind" : "missing", wanted);
    scic_test_end();
  }
  return f;
}

static inline void scic_case_integral(const scic_case *c, const scic_field *f) {
  if (f->is_integer) return;
  scic_test_fail(c->file, 0, "case \"%s\": \"%s\" is not integral", c->name, f->key);
  scic_test_end();
}

static inline const char *scic_case_string(const scic_case *c, const char *key) {
  return scic_case_field(c, key, "a string", SCIC_FIELD_STRING, 0)->string;
}

static inline double scic_case_number(const scic_case *c, const char *key) {
  const scic_field *f = scic_case_find(c, key);
  /* "inf" alone is kept as both a string and a number. */
  if (f && !f->is_array && f->n == 1) return f->numbers[0];
  return scic_case_field(c, key, "a number", SCIC_FIELD_NUMBERS, 0)->numbers[0];
}

static inline int64_t scic_case_int(const scic_case *c, const char *key) {
  const scic_field *f = scic_case_field(c, key, "an integer", SCIC_FIELD_NUMBERS, 0);
  scic_case_integral(c, f);
  return f->integers[0];
}

/* The elements of an array; their number goes to n unless it is NULL. */
static inline const double *scic_case_doubles(const scic_case *c, const char *key, size_t *n) {
  const scic_field *f = scic_case_field(c, key, "an array of numbers", SCIC_FIELD_NUMBERS, 1);
  if (n) *n = f->n;
  return f->numbers;
}

static inline const int64_t *scic_case_ints(const scic_case *c, const char *key, size_t *n) {
  const scic_field *f = scic_case_field(c, key, "an array of integers", SCIC_FIELD_NUMBERS, 1);
  scic_case_integral(c, f);
  if (n) *n = f->n;
  return f->integers;
}

/* As scic_case_doubles and scic_case_ints, but the number of elements is known. */
static inline const double *scic_case_n_doubles(const scic_case *c, const char *key, size_t n) {
  size_t found = 0;
  const double *x = scic_case_doubles(c, key, &found);
  if (found != n) {
    scic_test_fail(c->file, 0, "case \"%s\": \"%s\" has %zu elements, expected %zu", c->name, key,
                   found, n);
    scic_test_end();
  }
  return x;
}

static inline const int64_t *scic_case_n_ints(const scic_case *c, const char *key, size_t n) {
  size_t found = 0;
  const int64_t *x = scic_case_ints(c, key, &found);
  if (found != n) {
    scic_test_fail(c->file, 0, "case \"%s\": \"%s\" has %zu elements, expected %zu", c->name, key,
                   found, n);
    scic_test_end();
  }
  return x;
}

/* ---- going through the cases ---- */

static inline const scic_case *scic_case_enter(const scic_case *c) {
  scic_test.note = c ? c->name : NULL;
  return c;
}

#define FOR_CASES(c, vectors) \
  for (const scic_case *c = scic_case_enter((vectors)->cases); c; c = scic_case_enter((c)->next))

/* The case of that name. */
static inline const scic_case *scic_vectors_case(const scic_vectors *v, const char *name) {
  const scic_case *c;
  for (c = v->cases; c; c = c->next)
    if (strcmp(c->name, name) == 0) return c;
  scic_test_fail("vectors", 0, "there is no case \"%s\"", name);
  scic_test_end();
  return NULL;
}

/* ---- the reader: just enough JSON, strict about it ---- */

typedef struct scic_json {
  const char *file;
  const char *at;
  int line;
} scic_json;

static inline void scic_json_error(const scic_json *j, const char *what) {
  scic_test_fail(j->file, j->line, "%s, found \"%.20s\"", what, j->at);
  scic_test_end();
}

static inline char scic_json_peek(scic_json *j) {
  for (; *j->at == ' ' || *j->at == '\t' || *j->at == '\r' || *j->at == '\n'; j->at++)
    j->line += *j->at == '\n';
  return *j->at;
}

static inline int scic_json_take(scic_json *j, char c) {
  if (scic_json_peek(j) != c) return 0;
  j->at++;
  return 1;
}

static inline void scic_json_expect(scic_json *j, char c) {
  char what[] = "expected ' '";
  what[10] = c;
  if (!scic_json_take(j, c)) scic_json_error(j, what);
}

static inline char *scic_json_string(scic_json *j) {
  const char *end;
  char *text, *out;
  scic_json_expect(j, '"');
  for (end = j->at; *end && *end != '"'; end++)
    if (*end == '\\' && end[1]) end++;
  if (!*end) scic_json_error(j, "a string does not end");
  out = text = (char *)scic_test_alloc((size_t)(end - j->at) + 1, 1);
  for (; j->at < end; j->at++) {
    if (*j->at == '\\') {
      j->at++;
      /* Vectors are plain text: these escapes are all that a reader of ours must know. */
      if (!strchr("\"\\/", *j->at)) scic_json_error(j, "an escape other than \\\" \\\\ \\/");
    }
    *out++ = *j->at;
  }
  *out = 0;
  j->at = end + 1;
  return text;
}

/* The number that a string stands for; 0 if it stands for none. */
static inline int scic_json_special(const char *text, double *value) {
  if (strcmp(text, "inf") == 0) return *value = HUGE_VAL, 1;
  if (strcmp(text, "-inf") == 0) return *value = -HUGE_VAL, 1;
  if (strcmp(text, "nan") == 0) return *value = NAN, 1;
  return 0;
}

static inline void scic_json_number(scic_json *j, double *value, int64_t *integer, int *is_integer) {
  char *end;
  size_t length;
  *integer = 0;
  *is_integer = 0;
  if (scic_json_peek(j) == '"') {
    char *text = scic_json_string(j);
    if (!scic_json_special(text, value)) scic_json_error(j, "a string that is no number");
    return;
  }
  if (strncmp(j->at, "true", 4) == 0 || strncmp(j->at, "false", 5) == 0) {
    *integer = *j->at == 't';
    *value = (double)*integer;
    *is_integer = 1;
    j->at += *integer ? 4 : 5;
    return;
  }
  length = strspn(j->at, "+-.0123456789eE");
  *value = strtod(j->at, &end);
  if (length == 0 || end != j->at + length) scic_json_error(j, "expected a number");
  if (strcspn(j->at, ".eE") >= length) {
    *integer = strtoll(j->at, NULL, 10);
    *is_integer = 1;
  } else if (fabs(*value) < 9007199254740992.0 && floor(*value) == *value) {
    *integer = (int64_t)*value;
    *is_integer = 1;
  }
  j->at = end;
}

static inline void scic_json_array(scic_json *j, scic_field *f) {
  const char *p;
  size_t commas = 0;
  scic_json_expect(j, '[');
  /* Room for every element: what stands between commas up to the closing bracket. */
  for (p = j->at; *p && *p != ']'; p++) commas += *p == ',';
  f->is_array = 1;
  f->is_integer = 1;
  f->numbers = scic_test_doubles(commas + 1);
  f->integers = scic_test_ints(commas + 1);
  if (scic_json_take(j, ']')) return;
  do {
    int is_integer;
    scic_json_number(j, &f->numbers[f->n], &f->integers[f->n], &is_integer);
    f->is_integer &= is_integer;
    f->n++;
  } while (scic_json_take(j, ','));
  scic_json_expect(j, ']');
}

static inline scic_field *scic_json_field(scic_json *j) {
  scic_field *f = (scic_field *)scic_test_alloc(1, sizeof *f);
  memset(f, 0, sizeof *f);
  f->key = scic_json_string(j);
  f->kind = SCIC_FIELD_NUMBERS;
  scic_json_expect(j, ':');
  if (scic_json_peek(j) == '[') {
    scic_json_array(j, f);
    return f;
  }
  f->numbers = scic_test_doubles(1);
  f->integers = scic_test_ints(1);
  if (*j->at == '"') {
    f->kind = SCIC_FIELD_STRING;
    f->string = scic_json_string(j);
    f->n = (size_t)scic_json_special(f->string, f->numbers);
    return f;
  }
  scic_json_number(j, f->numbers, f->integers, &f->is_integer);
  f->n = 1;
  return f;
}

static inline scic_case *scic_json_case(scic_json *j) {
  scic_case *c = (scic_case *)scic_test_alloc(1, sizeof *c);
  scic_field **tail = &c->fields;
  memset(c, 0, sizeof *c);
  c->file = j->file;
  c->name = "?";
  scic_json_expect(j, '{');
  if (!scic_json_take(j, '}')) {
    do {
      *tail = scic_json_field(j);
      if (scic_case_find(c, (*tail)->key) != *tail) scic_json_error(j, "a key stands twice");
      tail = &(*tail)->next;
    } while (scic_json_take(j, ','));
    scic_json_expect(j, '}');
  }
  c->name = scic_case_string(c, "name");
  return c;
}

static inline char *scic_vectors_read(const char *path) {
  FILE *file = fopen(path, "rb");
  char *text;
  size_t n;
  long size = -1;
  if (file && fseek(file, 0, SEEK_END) == 0) size = ftell(file);
  if (size < 0 || fseek(file, 0, SEEK_SET) != 0) {
    if (file) fclose(file);
    scic_test_fail(path, 0, "cannot read %s", path);
    scic_test_end();
  }
  text = (char *)scic_test_alloc((size_t)size + 1, 1);
  n = fread(text, 1, (size_t)size, file);
  text[n] = 0;
  fclose(file);
  return text;
}

/* Reads <directory>/<name>.json. A file without cases fails the test. */
static inline const scic_vectors *scic_vectors_open(const char *name) {
  const char *directory = getenv("SCIC_VECTORS_DIR");
  scic_vectors *v = (scic_vectors *)scic_test_alloc(1, sizeof *v);
  scic_case **tail = &v->cases;
  scic_json j;
  char *path;
  size_t size;
#ifdef SCIC_VECTORS_DIR
  if (!directory) directory = SCIC_VECTORS_DIR;
#endif
  if (!directory) directory = "ctests/vectors";
  size = strlen(directory) + strlen(name) + 7;
  path = (char *)scic_test_alloc(size, 1);
  snprintf(path, size, "%s/%s.json", directory, name);
  memset(v, 0, sizeof *v);
  j.file = path;
  j.at = scic_vectors_read(path);
  j.line = 1;
  scic_json_expect(&j, '{');
  do {
    char *key = scic_json_string(&j);
    scic_json_expect(&j, ':');
    if (strcmp(key, "cases") != 0) {
      char *text = scic_json_string(&j);
      if (strcmp(key, "source") == 0) v->source = text;
      continue;
    }
    scic_json_expect(&j, '[');
    do {
      *tail = scic_json_case(&j);
      tail = &(*tail)->next;
      v->n_cases++;
    } while (scic_json_take(&j, ','));
    scic_json_expect(&j, ']');
  } while (scic_json_take(&j, ','));
  scic_json_expect(&j, '}');
  if (scic_json_peek(&j) != 0) scic_json_error(&j, "expected the end of the file");
  if (v->n_cases == 0) scic_json_error(&j, "expected \"cases\"");
  return v;
}

#endif /* SCIC_VECTORS_H */
