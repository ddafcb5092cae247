/* The corpus of the demo: documents, their terms, and the links between them. */
#ifndef CORPUS_H
#define CORPUS_H

#include <stddef.h>
#include <stdint.h>

typedef struct corpus {
  size_t n_docs, n_terms, n_tokens;
  char **heads;            /* headword of each document */
  int64_t *doc, *term;     /* n_tokens pairs: term[t] stands in document doc[t]; repeated as in the text */
  double *ones;            /* n_tokens ones: the triplets' values */
  int64_t *from, *to;      /* n_links cross-references between documents */
  size_t n_links;
} corpus;

/* Reads `head <tab> text` lines. Terms are lower-cased runs of at least three ASCII letters that are no
   stop words and stand in at least two and at most a tenth of the documents, numbered alphabetically.
   A link is a {headword} in braces. Prints what is wrong and exits on failure. */
corpus corpus_read(const char *documents, const char *stopwords);
void corpus_free(corpus *c);
/* The document with this headword, or -1. */
int64_t corpus_find(const corpus *c, const char *head);
/* Whether either document refers to the other. */
int corpus_linked(const corpus *c, int64_t a, int64_t b);

#endif
