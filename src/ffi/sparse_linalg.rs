//! Singular values and vectors of sparse matrices.

use std::ffi::c_void;
use std::ops::ControlFlow;

use super::sparse::{memory, scic_sparse};
use super::support::callback::{self, Flow, UserData};
use super::support::options::{self, Options};
use super::support::overlap::Memory;
use super::support::status::{scic_status, scic_status::*};
use super::support::views::{self, scic_mat_mut};
use super::support::{guard, handle};
use crate::array::{MatMut, try_with_capacity};
use crate::error::{Error, Result};
use crate::sparse::linalg::svds::{self, Progress, Stop, TruncatedSvd};

/// Options of scic_svds(). Fill with scic_svds_options_init() first.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct scic_svds_options {
    /// Size of the struct: sizeof(scic_svds_options).
    pub struct_size: usize,
    /// A triplet has converged when max(|A v - s u|, |A^T u - s v|) <= tol * s_1, with s_1 the largest
    /// singular value. 0, the default, means 1e-10. What is asked below the level of rounding errors,
    /// about 2e-16 * (16 + sqrt(max(rows, cols)) / 16), is met at that level.
    pub tol: f64,
    /// How often the basis may be cut down and grown again. 0, the default, means 1000.
    pub max_restarts: i64,
    /// Selects the random start block; of its vectors `v0` replaces one. Default 0.
    pub seed: u64,
    /// Vectors that are worked on together: 1, 2, 4, 8 or 16, at most min(rows, cols). 0, the default, means
    /// 8, or fewer where the matrix is narrower.
    pub block_size: usize,
    /// Vectors in the basis when it is full: at least k + 2 * block_size, or min(rows, cols) if that is
    /// less; a multiple of block_size is used. 0, the default, means 2 * k + 10 * block_size. A larger basis
    /// takes more memory and fewer restarts.
    pub max_basis: usize,
}

// SAFETY: repr(C), struct_size first, plain numbers without padding.
unsafe impl Options for scic_svds_options {
    const FIRST_SIZE: usize = size_of::<Self>();
    fn defaults() -> Self {
        scic_svds_options {
            struct_size: size_of::<Self>(),
            tol: 0.0,
            max_restarts: 0,
            seed: 0,
            block_size: 0,
            max_basis: 0,
        }
    }
}

/// How scic_svds() went. Set `struct_size` first.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct scic_svds_info {
    /// Size of the struct: sizeof(scic_svds_info).
    pub struct_size: usize,
    /// How many of the k triplets meet the tolerance, by their true residuals.
    pub converged: usize,
    /// How often the basis was cut down and grown again.
    pub restarts: i64,
    /// Products with A or A^T by one vector.
    pub matvecs: i64,
}

// SAFETY: repr(C), struct_size first, plain numbers without padding.
unsafe impl Options for scic_svds_info {
    const FIRST_SIZE: usize = size_of::<Self>();
    fn defaults() -> Self {
        scic_svds_info { struct_size: size_of::<Self>(), converged: 0, restarts: 0, matvecs: 0 }
    }
}

/// What scic_svds() tells its callback.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct scic_svds_progress {
    /// Size of the struct: sizeof(scic_svds_progress) of the library.
    pub struct_size: usize,
    /// Restarts so far.
    pub restart: i64,
    /// How many of the k triplets meet the tolerance, by the estimates of the iteration.
    pub converged: usize,
    /// How many triplets are wanted.
    pub k: usize,
    /// The largest residual of the k triplets over the largest singular value, by the same estimates.
    pub residual: f64,
    /// Products with A or A^T by one vector so far.
    pub matvecs: i64,
}

/// Is called by scic_svds(), on the thread that called it, each time the basis is full or the triplets seem to
/// have converged (once, at the end, where a small problem is solved directly).
///
/// It may call any function of the library, also with the same matrix, which it must not free.
///
/// @param progress   How far the iteration has come; valid during the call.
/// @param user_data  What was given to scic_svds().
/// @return SCIC_CB_CONTINUE to go on; SCIC_CB_STOP to stop with the best triplets so far, for which scic_svds()
///         answers SCIC_STOPPED_BY_CALLBACK; anything else to abort with SCIC_CALLBACK_ERROR.
pub type scic_svds_callback = Option<
    unsafe extern "C" fn(progress: *const scic_svds_progress, user_data: *mut c_void) -> i32,
>;

/// Fills options with the defaults.
///
/// @param options      The struct to fill.
/// @param struct_size  sizeof(scic_svds_options).
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT if `struct_size` is not a size of the struct.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_svds_options_init(
    options: *mut scic_svds_options,
    struct_size: usize,
) -> scic_status {
    // SAFETY: options is NULL or has struct_size bytes.
    guard(|| unsafe { options::init(options, struct_size) }.map(|()| SCIC_OK))
}

/// Computes the k largest singular triplets of a sparse matrix: A ~ U diag(s) Vt.
///
/// Block Lanczos bidiagonalisation with thick restarts (Golub & Kahan 1965; Baglama & Reichel 2005, 2006; Wu &
/// Simon 2000; Simon & Zha 2000), which never forms A^T A: a small singular value has the absolute accuracy
/// of the largest one. The vectors are orthonormal to working precision, also those of zero singular values,
/// and `residuals` are the true ones, computed with the results. The largest component of each right vector
/// is positive. Blocks find singular values of multiplicity up to the block size as readily as simple ones;
/// where a cluster of that size turns up, a further cycle from a random block looks for more copies.
/// Problems not larger than the basis are solved directly, from start to end by Gram-Schmidt and Jacobi
/// rotations; then `seed` and `v0` make no difference.
///
/// Memory: a copy of the matrix in the other layout, (rows + cols) * (basis + block_size) doubles for the
/// bases, and at the end (3 rows + cols) * k. As many threads as scic_set_num_threads() allows; the results
/// do not depend on their number. The same call gives the same results; another seed gives the same up to
/// the tolerance.
///
/// ```c
/// // A has 1000 rows and 300 columns
/// double u[1000 * 5], s[5], vt[5 * 300];
/// scic_status status = scic_svds(A, 5, NULL, 0, NULL, NULL, NULL, scic_mat_mut_rowmajor(u, 1000, 5), s, 5,
///                                scic_mat_mut_rowmajor(vt, 5, 300), NULL, NULL);
/// if (status < 0) return 1;
/// ```
///
/// @param a          The matrix; NaN and infinities are refused.
/// @param k          How many triplets: 1 to min(rows, cols), which is allowed.
/// @param v0         A start vector for the smaller side of the matrix (the right one if they are equal),
///                   finite and not zero, or NULL for a random one.
/// @param n_v0       Its length: must be min(rows, cols); 0 if `v0` is NULL.
/// @param options    NULL for the defaults.
/// @param callback   Called on progress; NULL if not wanted.
/// @param user_data  Given to the callback.
/// @param u          Receives the left singular vectors in columns, rows x k, any strides;
///                   scic_mat_mut_none() if not wanted.
/// @param s          Receives the singular values, descending.
/// @param n_s        Room in `s`: must be k.
/// @param vt         Receives the right singular vectors in rows, k x cols, any strides;
///                   scic_mat_mut_none() if not wanted.
/// @param residuals  Receives max(|A v - s u|, |A^T u - s v|) of each triplet: k elements. NULL if not wanted.
/// @param info       Receives how it went; NULL if not wanted.
/// @return SCIC_OK if all triplets meet the tolerance; SCIC_MAXITER after `max_restarts` and
///         SCIC_STOPPED_BY_CALLBACK, with the best triplets so far in the outputs and their true residuals;
///         SCIC_CALLBACK_ERROR if the callback aborted; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT if `k`, `v0` or
///         an option is outside its range, `a` holds NaN or an infinity, or outputs overlap each other, `v0`
///         or the arrays of `a`; SCIC_SHAPE_MISMATCH; SCIC_NOT_CONVERGED if intermediate results overflow;
///         SCIC_OUT_OF_MEMORY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_svds(
    a: *const scic_sparse,
    k: usize,
    v0: *const f64,
    n_v0: usize,
    options: *const scic_svds_options,
    callback: scic_svds_callback,
    user_data: *mut c_void,
    u: scic_mat_mut,
    s: *mut f64,
    n_s: usize,
    vt: scic_mat_mut,
    residuals: *mut f64,
    info: *mut scic_svds_info,
) -> scic_status {
    guard(|| {
        // SAFETY: a is NULL or a matrix; options and info are NULL or structs of the size they say.
        let (a, options) = unsafe {
            options::check_out(info)?;
            (handle::borrow(a, "a")?, core_options(&options::read(options)?)?)
        };
        options.check(k, a.shape())?;
        // SAFETY: v0 is NULL or has n_v0 elements.
        let v0 = unsafe { start_vector(v0, n_v0)? };
        let out = Outputs { u, s, n_s, vt, residuals, info };
        out.check(k, a.shape(), &memory(a), v0)?;
        // The callback may do what it likes with the caller's memory.
        let v0 = v0.map(copied).transpose()?;
        let user_data = UserData(user_data);
        let mut report = |p: &Progress| tell(callback, user_data, p);
        let result = svds::svds(a, k, v0.as_deref(), &options, Some(&mut report))?;
        // SAFETY: the outputs have the checked sizes, and nothing else refers to their memory.
        unsafe { out.write(k, &result) }
    })
}

/// The options of the core; 0 stands for a default.
fn core_options(o: &scic_svds_options) -> Result<svds::Options> {
    let defaults = svds::Options::default();
    let given = |n: usize| (n != 0).then_some(n);
    let max_restarts = usize::try_from(o.max_restarts).map_err(|_| {
        Error::invalid("max_restarts", format_args!("is {}, must not be negative", o.max_restarts))
    })?;
    if !(o.tol >= 0.0 && o.tol.is_finite()) {
        let reason =
            format_args!("is {}, must be 0 for the default, or positive and finite", o.tol);
        return Err(Error::invalid("tol", reason));
    }
    Ok(svds::Options {
        tol: if o.tol == 0.0 { defaults.tol } else { o.tol },
        max_restarts: given(max_restarts).unwrap_or(defaults.max_restarts),
        seed: o.seed,
        block_size: given(o.block_size),
        max_basis: given(o.max_basis),
    })
}

unsafe fn start_vector<'a>(v0: *const f64, n_v0: usize) -> Result<Option<&'a [f64]>> {
    if v0.is_null() && n_v0 > 0 {
        return Err(Error::NullPointer { name: "v0" });
    }
    // SAFETY: v0 is NULL or has n_v0 elements.
    unsafe { views::optional_slice(v0, n_v0, "v0") }
}

fn copied(x: &[f64]) -> Result<Vec<f64>> {
    let mut copy = try_with_capacity(x.len())?;
    copy.extend_from_slice(x);
    Ok(copy)
}

fn tell(
    callback: scic_svds_callback,
    user_data: UserData,
    p: &Progress,
) -> Result<ControlFlow<()>> {
    let Some(callback) = callback else { return Ok(ControlFlow::Continue(())) };
    let progress = scic_svds_progress {
        struct_size: size_of::<scic_svds_progress>(),
        restart: p.restart as i64,
        converged: p.converged,
        k: p.k,
        residual: p.residual,
        matvecs: p.matvecs as i64,
    };
    // SAFETY: the caller's function, with the caller's data.
    let code = unsafe { callback(&progress, user_data.0) };
    match callback::flow(code)? {
        Flow::Continue => Ok(ControlFlow::Continue(())),
        Flow::Stop => Ok(ControlFlow::Break(())),
        Flow::Reject => Err(Error::Callback { code }),
    }
}

/// Where the results go.
struct Outputs {
    u: scic_mat_mut,
    s: *mut f64,
    n_s: usize,
    vt: scic_mat_mut,
    residuals: *mut f64,
    info: *mut scic_svds_info,
}

impl Outputs {
    /// Checks the outputs before work is done for them.
    fn check(
        &self,
        k: usize,
        (rows, cols): (usize, usize),
        a: &[Memory],
        v0: Option<&[f64]>,
    ) -> Result<()> {
        check_mat(self.u, (rows, k), "u")?;
        check_mat(self.vt, (k, cols), "vt")?;
        if self.n_s != k {
            return Err(Error::shape(
                "s",
                format_args!("{k} long"),
                format_args!("{} long", self.n_s),
            ));
        }
        if self.s.is_null() {
            return Err(Error::NullPointer { name: "s" });
        }
        let mut taken = a.to_vec();
        if let Some(v0) = v0 {
            taken.push(Memory::of(v0.as_ptr(), v0.len(), "v0"));
        }
        for output in [
            Memory::of_mat_mut(self.u, "u"),
            Memory::of(self.s, k, "s"),
            Memory::of_mat_mut(self.vt, "vt"),
            Memory::of(self.residuals, k, "residuals"),
            Memory::of(self.info, 1, "info"),
        ] {
            output.apart_from(&taken)?;
            taken.push(output);
        }
        Ok(())
    }

    /// Writes the results.
    ///
    /// # Safety
    /// The outputs were checked, and nothing else refers to their memory.
    unsafe fn write(&self, k: usize, d: &TruncatedSvd) -> Result<scic_status> {
        // SAFETY: by contract.
        let (s, residuals, u, vt) = unsafe {
            (
                views::slice_mut(self.s, k, "s")?,
                views::optional_slice_mut(self.residuals, k, "residuals")?,
                wanted(self.u, "u")?,
                wanted(self.vt, "vt")?,
            )
        };
        s.copy_from_slice(&d.s);
        if let Some(out) = residuals {
            out.copy_from_slice(&d.residuals);
        }
        for (out, from) in [(u, &d.u), (vt, &d.vt)] {
            if let Some(mut out) = out {
                let rows = from.chunks_exact(out.cols());
                rows.enumerate().for_each(|(i, row)| out.write_row(i, row));
            }
        }
        let info = scic_svds_info {
            converged: d.converged,
            restarts: d.restarts as i64,
            matvecs: d.matvecs as i64,
            ..scic_svds_info::defaults()
        };
        // SAFETY: info is NULL or a struct of the size it says.
        unsafe { options::write(self.info, info)? };
        Ok(match d.stop {
            Stop::Converged => SCIC_OK,
            Stop::MaxRestarts => SCIC_MAXITER,
            Stop::Callback => SCIC_STOPPED_BY_CALLBACK,
        })
    }
}

fn is_none(m: scic_mat_mut) -> bool {
    m.data.is_null() && m.rows == 0 && m.cols == 0
}

/// Checks an output that may be none.
fn check_mat(m: scic_mat_mut, shape: (usize, usize), name: &'static str) -> Result<()> {
    if is_none(m) {
        return Ok(());
    }
    if (m.rows, m.cols) != shape {
        return Err(Error::shape(
            name,
            format_args!("{} x {}", shape.0, shape.1),
            format_args!("{} x {}", m.rows, m.cols),
        ));
    }
    // SAFETY: the caller's matrix, which nothing refers to yet; the view ends here.
    unsafe { views::mat_mut(m, name) }.map(|_| ())
}

/// # Safety
/// As for [`views::mat_mut`].
unsafe fn wanted<'a>(m: scic_mat_mut, name: &'static str) -> Result<Option<MatMut<'a>>> {
    if is_none(m) {
        return Ok(None);
    }
    // SAFETY: by contract.
    unsafe { views::mat_mut(m, name) }.map(Some)
}
