package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
)

// corpus: documents, their terms, and the links between them.
type corpus struct {
	heads     []string   // headword of each document
	terms     int        // size of the vocabulary
	doc, term []int64    // term[t] stands in document doc[t]; repeated as in the text
	links     [][2]int64 // cross-references, ascending
}

func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c - 'A' + 'a'
		}
	}
	return string(b)
}

// words are the lower-cased runs of ASCII letters of a text.
func words(text string) []string {
	return strings.FieldsFunc(lower(text), func(r rune) bool { return r < 'a' || r > 'z' })
}

// readCorpus reads `head <tab> text` lines. Terms are words of at least three letters that are no stop words
// and stand in at least two and at most a tenth of the documents, numbered alphabetically. A link is a
// {headword} in braces.
func readCorpus(documents, stopwords string) (*corpus, error) {
	text, err := os.ReadFile(documents)
	if err != nil {
		return nil, err
	}
	stopText, err := os.ReadFile(stopwords)
	if err != nil {
		return nil, err
	}
	stop := map[string]bool{}
	for _, w := range words(string(stopText)) {
		stop[w] = true
	}
	c := &corpus{}
	var bodies []string
	tokens := [][]string{}
	number, df, heads := map[string]int64{}, map[string]int{}, map[string]int64{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		head, body, found := strings.Cut(line, "\t")
		if !found {
			return nil, fmt.Errorf("%s: a line has no tab", documents)
		}
		kept := slices.DeleteFunc(words(line), func(w string) bool { return len(w) < 3 || stop[w] })
		seen := map[string]bool{}
		for _, w := range kept {
			if !seen[w] {
				seen[w] = true
				df[w]++
			}
		}
		heads[lower(head)] = int64(len(c.heads))
		c.heads, bodies, tokens = append(c.heads, head), append(bodies, body), append(tokens, kept)
	}
	var vocabulary []string
	for w, n := range df {
		if n >= 2 && n*10 <= len(c.heads) {
			vocabulary = append(vocabulary, w)
		}
	}
	slices.Sort(vocabulary)
	for i, w := range vocabulary {
		number[w] = int64(i)
	}
	c.terms = len(vocabulary)
	for d, kept := range tokens {
		for _, w := range kept {
			if k, ok := number[w]; ok {
				c.doc, c.term = append(c.doc, int64(d)), append(c.term, k)
			}
		}
		for rest := bodies[d]; ; {
			_, after, found := strings.Cut(rest, "{")
			if !found {
				break
			}
			name, following, _ := strings.Cut(after, "}")
			rest = following
			if to, ok := heads[strings.TrimLeft(lower(name), " ")]; ok && to != int64(d) {
				c.links = append(c.links, [2]int64{int64(d), to})
			}
		}
	}
	return c, nil
}

func (c *corpus) find(head string) int { return slices.Index(c.heads, head) }

// linked says whether either document refers to the other.
func (c *corpus) linked(a, b int64) bool { return c.refers(a, b) || c.refers(b, a) }

func (c *corpus) refers(a, b int64) bool {
	i, _ := slices.BinarySearchFunc(c.links, a, func(l [2]int64, a int64) int { return cmp.Compare(l[0], a) })
	for ; i < len(c.links) && c.links[i][0] == a; i++ {
		if c.links[i][1] == b {
			return true
		}
	}
	return false
}
