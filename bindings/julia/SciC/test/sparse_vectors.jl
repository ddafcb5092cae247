# Checks of the reference vectors of sparse matrices in which it matters what is stored and how sums are rounded.

"The same numbers: NaN as NaN, -0.0 as -0.0."
same(found, expected) = isequal(collect(found), expected)

stored(c, prefix) = (ints(c[prefix*"indptr"]), ints(c[prefix*"indices"]), Vectors.floats(c[prefix*"data"]))

"The stored entries of `A` are those of the compressed columns with these keys."
function check_stored(A, c, prefix)
    B, (indptr, indices, data) = SparseMatrixCSC(A), stored(c, prefix)
    @test SparseArrays.getcolptr(B) == indptr .+ 1 && rowvals(B) == indices .+ 1 && same(nonzeros(B), data)
end

function check_compressed(c)
    m, n, layout, arrays = c["rows"], c["cols"], Symbol(c["layout"]), stored(c, "")
    for convert_index in (identity, Vector{Int32})
        given = (convert_index(arrays[1]), convert_index(arrays[2]), arrays[3])
        A = SparseMatrix(m, n, given...; layout = layout, base = 0)
        @test same(Matrix(A), Vectors.matrix(c["dense"], m, n)) && nnz(A) == length(c["out_data"])
        layout === :csc && check_stored(A, c, "out_")
        in_place() = SparseMatrix(m, n, given...; layout = layout, base = 0, copy = false)
        if c["canonical"] == 1
            @test same(Matrix(in_place()), Matrix(A))
        else
            @test_throws ArgumentError in_place()
        end
    end
end

function check_parts(c)
    m, n, (r0, r1, c0, c1) = c["rows"], c["cols"], c["box"]
    rows, cols = ints(c["select_rows"]) .+ 1, ints(c["select_cols"]) .+ 1
    factors = (Diagonal(Vectors.floats(c["row_factors"])), Diagonal(Vectors.floats(c["col_factors"])))
    for layout in (:csr, :csc)
        A = SparseMatrix(m, n, stored(c, "$(layout)_")...; layout = layout, base = 0)
        # Whatever the layout of a result, its columns are compared.
        check_stored(A, c, "csc_")
        check_stored((factors[1] * A) * factors[2], c, "csc_scale_")
        check_stored(A[r0+1:r1, c0+1:c1], c, "csc_slice_")
        check_stored(A[rows, :], c, "csc_rows_")
        check_stored(A[:, cols], c, "csc_cols_")
    end
end

function check_products(c)
    m, n, k, atol = c["rows"], c["cols"], c["k"], Vectors.number(c["atol"])
    X, Xt = Vectors.matrix(c["x"], n, k), Vectors.matrix(c["xt"], m, k)
    Y, Yt = Vectors.matrix(c["y"], m, k), Vectors.matrix(c["yt"], n, k)
    near(found, expected) = size(found) == size(expected) &&
        all(isequal(f, e) || f == e || abs(f - e) <= atol for (f, e) in zip(found, expected))
    by_rows = SparseMatrix(m, n, stored(c, "csr_")...; layout = :csr, base = 0)
    for A in (by_rows, SparseMatrix(SparseMatrixCSC(by_rows)))
        @test near(A * X, Y) && near(A' * Xt, Yt)
        @test all(near(A * X[:, q], Y[:, q]) && near(A' * Xt[:, q], Yt[:, q]) for q in 1:k)
    end
end
