// SPDX-License-Identifier: GPL-3.0-or-later
//
// The headers of the GNU Scientific Library that Yilian uses. Only the targets Randomness,
// OutputAnalysis and ExperimentDesigns import this module.

#ifndef YILIAN_CGSL_SHIM_H
#define YILIAN_CGSL_SHIM_H

#include <gsl/gsl_blas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_matrix.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_multimin.h>
#include <gsl/gsl_permutation.h>
#include <gsl/gsl_qrng.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <gsl/gsl_vector.h>
#include <gsl/gsl_version.h>

// GSL names its algorithms by global pointer variables, which the Swift 6 mode refuses as shared
// mutable state. GSL never writes them, so these functions hand them over.

static inline const gsl_rng_type *cgsl_mt19937(void) { return gsl_rng_mt19937; }
static inline const gsl_rng_type *cgsl_taus2(void) { return gsl_rng_taus2; }
static inline const gsl_qrng_type *cgsl_sobol(void) { return gsl_qrng_sobol; }
static inline const gsl_qrng_type *cgsl_halton(void) { return gsl_qrng_halton; }
static inline const gsl_root_fsolver_type *cgsl_brent_root(void) { return gsl_root_fsolver_brent; }
static inline const gsl_min_fminimizer_type *cgsl_brent_minimum(void) {
  return gsl_min_fminimizer_brent;
}
static inline const gsl_multimin_fminimizer_type *cgsl_nelder_mead(void) {
  return gsl_multimin_fminimizer_nmsimplex2;
}

#endif
