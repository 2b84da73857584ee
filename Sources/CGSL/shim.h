#ifndef CGSL_SHIM_H
#define CGSL_SHIM_H

// GSL, the GNU Scientific Library (GPL-3), as this package uses it.

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_vector.h>
#include <gsl/gsl_matrix.h>
#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_qrng.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_statistics.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_sort_vector.h>
#include <gsl/gsl_fit.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <gsl/gsl_multimin.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_min.h>

#include "philox.h"

// GSL's tables of methods are C globals that Swift 6 takes for shared mutable state; they are
// constants, and these give them out as such.

static inline const gsl_multifit_robust_type *genops_robust_bisquare(void) {
  return gsl_multifit_robust_bisquare;
}
static inline const gsl_multifit_robust_type *genops_robust_huber(void) {
  return gsl_multifit_robust_huber;
}
static inline const gsl_multimin_fminimizer_type *genops_nelder_mead(void) {
  return gsl_multimin_fminimizer_nmsimplex2;
}
static inline const gsl_multifit_nlinear_type *genops_trust_region(void) {
  return gsl_multifit_nlinear_trust;
}
static inline const gsl_multifit_nlinear_trs *genops_levenberg_marquardt(void) {
  return gsl_multifit_nlinear_trs_lm;
}
static inline const gsl_multifit_nlinear_trs *genops_accelerated_marquardt(void) {
  return gsl_multifit_nlinear_trs_lmaccel;
}
static inline const gsl_multifit_nlinear_scale *genops_scale_more(void) {
  return gsl_multifit_nlinear_scale_more;
}
static inline const gsl_multifit_nlinear_scale *genops_scale_marquardt(void) {
  return gsl_multifit_nlinear_scale_marquardt;
}
static inline const gsl_multifit_nlinear_solver *genops_solver_qr(void) {
  return gsl_multifit_nlinear_solver_qr;
}
static inline const gsl_multifit_nlinear_solver *genops_solver_svd(void) {
  return gsl_multifit_nlinear_solver_svd;
}
static inline const gsl_qrng_type *genops_sobol(void) { return gsl_qrng_sobol; }
static inline const gsl_qrng_type *genops_halton(void) { return gsl_qrng_halton; }

#endif
