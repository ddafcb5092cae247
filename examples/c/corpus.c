#include "corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- a string -> number table, open addressing ---- */
typedef struct { char **keys; int64_t *values; size_t room, used; } table;

static void *need(void *p) {
  if (!p) { fprintf(stderr, "out of memory\n"); exit(1); }
  return p;
}
static char *copy(const char *s, size_t n) {
  char *d = need(malloc(n + 1));
  memcpy(d, s, n);
  d[n] = 0;
  return d;
}
static size_t hash(const char *s, size_t n) {
  uint64_t h = 1469598103934665603u;
  for (size_t i = 0; i < n; i++) h = (h ^ (unsigned char)s[i]) * 1099511628211u;
  return (size_t)h;
}
static size_t slot(const table *t, const char *s, size_t n) {
  size_t i = hash(s, n) & (t->room - 1);
  while (t->keys[i] && (strncmp(t->keys[i], s, n) != 0 || t->keys[i][n])) i = (i + 1) & (t->room - 1);
  return i;
}
static table table_new(size_t room) {
  table t = {need(calloc(room, sizeof(char *))), need(calloc(room, sizeof(int64_t))), room, 0};
  return t;
}
static void table_free(table *t) {
  for (size_t i = 0; i < t->room; i++) free(t->keys[i]);
  free(t->keys);
  free(t->values);
}
static void table_set(table *t, const char *s, size_t n, int64_t value) {
  if (2 * t->used >= t->room) {
    table big = table_new(2 * t->room);
    for (size_t i = 0; i < t->room; i++)
      if (t->keys[i]) {
        size_t j = slot(&big, t->keys[i], strlen(t->keys[i]));
        big.keys[j] = t->keys[i];
        big.values[j] = t->values[i];
      }
    big.used = t->used;
    free(t->keys);
    free(t->values);
    *t = big;
  }
  size_t i = slot(t, s, n);
  if (!t->keys[i]) { t->keys[i] = copy(s, n); t->used++; }
  t->values[i] = value;
}
static int64_t table_get(const table *t, const char *s, size_t n, int64_t otherwise) {
  size_t i = slot(t, s, n);
  return t->keys[i] ? t->values[i] : otherwise;
}

/* ---- text ---- */
static char *read_file(const char *path) {
  FILE *f = fopen(path, "rb");
  if (!f) { perror(path); exit(1); }
  fseek(f, 0, SEEK_END);
  long size = ftell(f);
  rewind(f);
  char *text = need(malloc((size_t)size + 1));
  if (fread(text, 1, (size_t)size, f) != (size_t)size) { perror(path); exit(1); }
  text[size] = 0;
  fclose(f);
  return text;
}
static int letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

/* The next run of letters at or after *p, lower-cased into word; its length, 0 at the end. */
static size_t next_word(const char **p, const char *end, char *word, size_t room) {
  const char *s = *p;
  while (s < end && !letter(*s)) s++;
  size_t n = 0;
  for (; s < end && letter(*s); s++)
    if (n < room) word[n++] = lower(*s);
  *p = s;
  return n;
}
static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

typedef struct { const char *head, *text, *end; } line;

corpus corpus_read(const char *documents, const char *stopwords) {
  char *text = read_file(documents), *stop_text = read_file(stopwords), word[256];
  size_t n;
  table stop = table_new(1024);
  for (const char *p = stop_text, *e = p + strlen(p); (n = next_word(&p, e, word, sizeof word)) > 0;)
    table_set(&stop, word, n, 1);

  /* lines and headwords */
  corpus c = {0};
  size_t n_lines = 0;
  for (const char *p = text; *p; p++) n_lines += *p == '\n';
  line *lines = need(malloc((n_lines + 1) * sizeof *lines));
  c.heads = need(malloc((n_lines + 1) * sizeof *c.heads));
  table heads = table_new(4096);
  for (char *p = text; *p;) {
    char *end = strchr(p, '\n'), *tab = strchr(p, '\t');
    if (!end) end = p + strlen(p);
    if (!tab || tab > end) { fprintf(stderr, "%s: a line has no tab\n", documents); exit(1); }
    line l = {p, tab + 1, end};
    lines[c.n_docs] = l;
    c.heads[c.n_docs] = copy(p, (size_t)(tab - p));
    char low[512];
    size_t h = 0;
    for (const char *q = p; q < tab && h < sizeof low; q++) low[h++] = lower(*q);
    table_set(&heads, low, h, (int64_t)c.n_docs++);
    p = *end ? end + 1 : end;
  }

  /* document frequencies: `last` remembers in which document a word was counted */
  table df = table_new(1 << 16), last = table_new(1 << 16);
  for (size_t d = 0; d < c.n_docs; d++)
    for (const char *p = lines[d].head; (n = next_word(&p, lines[d].end, word, sizeof word)) > 0;)
      if (n >= 3 && !table_get(&stop, word, n, 0)) {
        c.n_tokens++;
        if (table_get(&last, word, n, -1) != (int64_t)d) {
          table_set(&last, word, n, (int64_t)d);
          table_set(&df, word, n, table_get(&df, word, n, 0) + 1);
        }
      }

  /* the vocabulary, alphabetically */
  char **terms = need(malloc(df.used * sizeof *terms));
  for (size_t i = 0; i < df.room; i++)
    if (df.keys[i] && df.values[i] >= 2 && df.values[i] * 10 <= (int64_t)c.n_docs) terms[c.n_terms++] = df.keys[i];
  qsort(terms, c.n_terms, sizeof *terms, by_text);
  table number = table_new(1 << 16);
  for (size_t i = 0; i < c.n_terms; i++) table_set(&number, terms[i], strlen(terms[i]), (int64_t)i);

  /* triplets and links */
  c.doc = need(malloc(c.n_tokens * sizeof *c.doc));
  c.term = need(malloc(c.n_tokens * sizeof *c.term));
  c.ones = need(malloc(c.n_tokens * sizeof *c.ones));
  size_t t = 0, room = 1024;
  c.from = need(malloc(room * sizeof *c.from));
  c.to = need(malloc(room * sizeof *c.to));
  for (size_t d = 0; d < c.n_docs; d++) {
    for (const char *p = lines[d].head; (n = next_word(&p, lines[d].end, word, sizeof word)) > 0;) {
      int64_t k = n >= 3 ? table_get(&number, word, n, -1) : -1;
      if (k < 0) continue;
      c.doc[t] = (int64_t)d;
      c.term[t] = k;
      c.ones[t++] = 1.0;
    }
    for (const char *p = lines[d].text; p < lines[d].end; p++) {
      if (*p != '{') continue;
      size_t h = 0;
      char low[512];
      for (p++; p < lines[d].end && *p == ' '; p++) {}
      for (; p < lines[d].end && *p != '}' && h < sizeof low; p++) low[h++] = lower(*p);
      int64_t to = table_get(&heads, low, h, -1);
      if (to < 0 || to == (int64_t)d) continue;
      if (c.n_links == room) {
        room *= 2;
        c.from = need(realloc(c.from, room * sizeof *c.from));
        c.to = need(realloc(c.to, room * sizeof *c.to));
      }
      c.from[c.n_links] = (int64_t)d;
      c.to[c.n_links++] = to;
    }
  }
  c.n_tokens = t;

  free(terms);
  free(lines);
  free(text);
  free(stop_text);
  table_free(&number);
  table_free(&last);
  table_free(&df);
  table_free(&heads);
  table_free(&stop);
  return c;
}

void corpus_free(corpus *c) {
  for (size_t d = 0; d < c->n_docs; d++) free(c->heads[d]);
  free(c->heads);
  free(c->doc);
  free(c->term);
  free(c->ones);
  free(c->from);
  free(c->to);
}

int64_t corpus_find(const corpus *c, const char *head) {
  for (size_t d = 0; d < c->n_docs; d++)
    if (strcmp(c->heads[d], head) == 0) return (int64_t)d;
  return -1;
}

/* `from` ascends: the links of a document are found by bisection. */
static int refers(const corpus *c, int64_t a, int64_t b) {
  size_t lo = 0, hi = c->n_links;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (c->from[mid] < a) lo = mid + 1;
    else hi = mid;
  }
  for (; lo < c->n_links && c->from[lo] == a; lo++)
    if (c->to[lo] == b) return 1;
  return 0;
}
int corpus_linked(const corpus *c, int64_t a, int64_t b) { return refers(c, a, b) || refers(c, b, a); }
