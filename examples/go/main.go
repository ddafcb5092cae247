// Latent semantic analysis of the Jargon File, from text to calibrated neighbours:
//
//	text -> COO triplets -> CSR -> TF-IDF -> truncated SVD -> KD-tree -> neighbours -> logistic fit.
//
// usage: jargon DATA_DIR
//
// Lines that begin with '#' are progress and times; all others are the same in every language.
package main

import (
	"fmt"
	"log"
	"math"
	"os"
	"path/filepath"
	"time"

	"scic/optimize"
	"scic/sparse"
	"scic/spatial"
)

const k, neighbors, shown = 50, 10, 5

var samples = []string{"cracker", "virus", "flame war", "Unix", "spam", "bit bucket"}

func must[T any](v T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return v
}

func lap(step string, since *time.Time) {
	now := time.Now()
	fmt.Printf("# %-28s %8.1f ms\n", step, 1e3*now.Sub(*since).Seconds())
	*since = now
}

// tfIDF: (1 + ln count) * (ln((1 + n) / (1 + df)) + 1), rows scaled to length 1.
func tfIDF(c *corpus) *sparse.Matrix {
	ones := make([]float64, len(c.doc))
	for t := range ones {
		ones[t] = 1
	}
	n := len(c.heads)
	counts := must(sparse.NewCOO(n, c.terms, c.doc, c.term, ones, sparse.CSR))
	defer counts.Close()
	row, col, data, err := counts.COO()
	if err != nil {
		log.Fatal(err)
	}
	idf := make([]float64, c.terms)
	for t := range data {
		data[t] = 1 + math.Log(data[t])
		idf[col[t]]++
	}
	for j := range idf {
		idf[j] = math.Log((1+float64(n))/(1+idf[j])) + 1
	}
	damped := must(sparse.NewCOO(n, c.terms, row, col, data, sparse.CSR))
	defer damped.Close()
	weighted := must(damped.Scale(nil, idf))
	defer weighted.Close()
	length := must(weighted.NormAxis(sparse.Norm2, sparse.OverCols))
	for i, l := range length {
		if l > 0 {
			length[i] = 1 / l
		}
	}
	return must(weighted.Scale(length, nil))
}

// P(one entry refers to the other | distance, rank) = 1 / (1 + exp(-b.(1, d, ln rank)))
type pair struct{ distance, logRank, linked float64 }

func linear(b []float64, distance, logRank float64) float64 {
	return b[0] + b[1]*distance + b[2]*logRank
}

func main() {
	if len(os.Args) != 2 {
		log.Fatalf("usage: %s DATA_DIR", os.Args[0])
	}
	t := time.Now()
	c := must(readCorpus(filepath.Join(os.Args[1], "jargon.tsv"), filepath.Join(os.Args[1], "stopwords.txt")))
	n := len(c.heads)
	lap("read the corpus", &t)

	a := tfIDF(c)
	defer a.Close()
	fmt.Printf("%d documents, %d terms, %d tokens, %d nonzeros, %d links\n", n, c.terms, len(c.doc), a.NNZ(), len(c.links))
	lap("TF-IDF, COO to CSR", &t)

	svd := must(sparse.SVDs(a, k, &sparse.SVDsOptions{Tol: 1e-8, Progress: func(p sparse.SVDsProgress) error {
		fmt.Printf("# svds: restart %2d, %2d of %d triplets, residual %.1e\n", p.Restart, p.Converged, p.K, p.Residual)
		return nil
	}}))
	s, worst, sign := svd.S, 0.0, "<="
	for j := range s {
		worst = max(worst, svd.Residuals[j]/s[0])
	}
	if worst > 1e-8 {
		sign = ">"
	}
	fmt.Printf("singular values %.4f %.4f %.4f ... %.4f, residuals %s 1e-8\n", s[0], s[1], s[2], s[k-1], sign)
	lap("svds, k = 50", &t)

	// latent vectors U diag(s), scaled to length 1: their distance is that of the directions
	latent := svd.U
	for i := range n {
		row, length := latent.Row(i), 0.0
		for j := range row {
			row[j] *= s[j]
			length += row[j] * row[j]
		}
		for j := range row {
			if length > 0 {
				row[j] /= math.Sqrt(length)
			}
		}
	}
	tree := must(spatial.NewKDTree(latent, 0))
	defer tree.Close()
	lap("KD-tree of 50-vectors", &t)

	near := must(tree.Query(latent, neighbors+1, nil)) // a document is its own nearest neighbour
	lap("neighbours of all documents", &t)

	var pairs []pair
	links := 0.0
	for i := range n {
		distance, neighbor := near.Of(i)
		rank := 0
		for j, o := range neighbor {
			if o == int64(i) || rank == neighbors {
				continue
			}
			rank++
			p := pair{distance[j], math.Log(float64(rank)), 0}
			if c.linked(int64(i), o) {
				p.linked = 1
				links++
			}
			pairs = append(pairs, p)
		}
	}
	// mean logistic loss and its gradient
	loss := func(b, grad []float64) (float64, error) {
		sum, g := 0.0, [3]float64{}
		for _, p := range pairs {
			z := linear(b, p.distance, p.logRank)
			softplus := math.Log1p(math.Exp(-math.Abs(z))) + max(z, 0)
			e := 1/(1+math.Exp(-z)) - p.linked
			sum += softplus - p.linked*z
			g[0] += e
			g[1] += e * p.distance
			g[2] += e * p.logRank
		}
		for j := range grad {
			grad[j] = g[j] / float64(len(pairs))
		}
		return sum / float64(len(pairs)), nil
	}
	// a larger distance or rank must not make a link more likely: coefficients bounded by 0
	inf := math.Inf(1)
	settings := optimize.NewSettings(optimize.LBFGSB)
	settings.Lower, settings.Upper = []float64{-inf, -inf, -inf}, []float64{inf, 0, 0}
	settings.GTol, settings.FTol = 1e-9, 0
	settings.Callback = func(m *optimize.Minimizer) error {
		info, err := m.Info()
		fmt.Printf("# fit: iteration %2d, loss %.6f, gradient %.1e\n", info.NIt, info.F, info.GradientNorm)
		return err
	}
	fit := must(optimize.Minimize(loss, make([]float64, 3), settings))
	b := fit.X
	fmt.Printf("%d pairs, %.0f linked; loss %.4f; P = 1 / (1 + exp(-(%.3f %+.3f d %+.3f ln rank)))\n", len(pairs), links, fit.F, b[0], b[1], b[2])
	lap("logistic fit, L-BFGS-B", &t)

	for _, sample := range samples {
		i := c.find(sample)
		if i < 0 {
			continue
		}
		fmt.Printf("\n%s\n", sample)
		distance, neighbor := near.Of(i)
		rank := 0
		for j, o := range neighbor {
			if o == int64(i) || rank == shown {
				continue
			}
			rank++
			mark := " "
			if c.linked(int64(i), o) {
				mark = "*"
			}
			z := linear(b, distance[j], math.Log(float64(rank)))
			fmt.Printf("  %.3f  P %.2f %s %s\n", distance[j], 1/(1+math.Exp(-z)), mark, c.heads[o])
		}
	}
	fmt.Print("\n* the entries refer to each other\n")
}
