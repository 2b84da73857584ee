#include "CKernels.h"

#include <string.h>

// A product that is added is rounded before it is added, on every processor: fused, the bits would change
// with the instruction set.
#pragma clang fp contract(off)

// For each set: the normals of four blocks by lane become rows of four, block after block.

// What every processor of a kind has: SSE2 on x86-64, NEON on 64-bit ARM.
#define KERNEL(name) plain_##name
#define LANES 2
typedef double plain_two __attribute__((vector_size(16)));

static inline __attribute__((always_inline)) void plain_store_quads(
    double *to, plain_two a, plain_two b, plain_two c, plain_two d) {
  plain_two rows[4] = {
      __builtin_shufflevector(a, b, 0, 2), __builtin_shufflevector(c, d, 0, 2),
      __builtin_shufflevector(a, b, 1, 3), __builtin_shufflevector(c, d, 1, 3)};
  memcpy(to, rows, sizeof rows);
}

#include "draws.h"
#undef LANES
#undef KERNEL

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,popcnt,pclmul"))), apply_to = function)
#define KERNEL(name) avx2_##name
#define LANES 4
typedef double avx2_four __attribute__((vector_size(32)));

static inline __attribute__((always_inline)) void avx2_store_quads(
    double *to, avx2_four a, avx2_four b, avx2_four c, avx2_four d) {
  avx2_four even_ab = __builtin_shufflevector(a, b, 0, 4, 2, 6);
  avx2_four odd_ab = __builtin_shufflevector(a, b, 1, 5, 3, 7);
  avx2_four even_cd = __builtin_shufflevector(c, d, 0, 4, 2, 6);
  avx2_four odd_cd = __builtin_shufflevector(c, d, 1, 5, 3, 7);
  avx2_four rows[4] = {
      __builtin_shufflevector(even_ab, even_cd, 0, 1, 4, 5),
      __builtin_shufflevector(odd_ab, odd_cd, 0, 1, 4, 5),
      __builtin_shufflevector(even_ab, even_cd, 2, 3, 6, 7),
      __builtin_shufflevector(odd_ab, odd_cd, 2, 3, 6, 7)};
  memcpy(to, rows, sizeof rows);
}

#include "draws.h"
#undef LANES
#undef KERNEL
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx512bw"))), apply_to = function)
#define KERNEL(name) avx512_##name
#define LANES 8
typedef double avx512_eight_doubles __attribute__((vector_size(64)));

static inline __attribute__((always_inline)) void avx512_store_quads(
    double *to, avx512_eight_doubles a, avx512_eight_doubles b, avx512_eight_doubles c,
    avx512_eight_doubles d) {
  avx512_eight_doubles even_ab = __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14);
  avx512_eight_doubles odd_ab = __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15);
  avx512_eight_doubles even_cd = __builtin_shufflevector(c, d, 0, 8, 2, 10, 4, 12, 6, 14);
  avx512_eight_doubles odd_cd = __builtin_shufflevector(c, d, 1, 9, 3, 11, 5, 13, 7, 15);
  // Blocks 0 and 2, 1 and 3, 4 and 6, 5 and 7.
  avx512_eight_doubles pairs[4] = {
      __builtin_shufflevector(even_ab, even_cd, 0, 1, 8, 9, 2, 3, 10, 11),
      __builtin_shufflevector(odd_ab, odd_cd, 0, 1, 8, 9, 2, 3, 10, 11),
      __builtin_shufflevector(even_ab, even_cd, 4, 5, 12, 13, 6, 7, 14, 15),
      __builtin_shufflevector(odd_ab, odd_cd, 4, 5, 12, 13, 6, 7, 14, 15)};
  for (int half = 0; half < 2; half++) {
    avx512_eight_doubles rows[2] = {
        __builtin_shufflevector(pairs[2 * half], pairs[2 * half + 1], 0, 1, 2, 3, 8, 9, 10, 11),
        __builtin_shufflevector(pairs[2 * half], pairs[2 * half + 1], 4, 5, 6, 7, 12, 13, 14, 15)};
    memcpy(to + 16 * half, rows, sizeof rows);
  }
}

#include "draws.h"
#undef LANES
#undef KERNEL
#pragma clang attribute pop
#endif

genops_kernel genops_draws_best(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
      && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw")) {
    return GENOPS_KERNEL_AVX512;
  }
#endif
  return genops_kernel_best();
}

#if defined(__x86_64__)
#define CHOSEN(call) \
  switch (kernel) { \
  case GENOPS_KERNEL_AVX512: avx512_##call; return; \
  case GENOPS_KERNEL_AVX2: avx2_##call; return; \
  default: plain_##call; return; \
  }
#else
#define CHOSEN(call) plain_##call
#endif

void genops_normals(
    genops_kernel kernel, uint64_t key, uint32_t path, uint32_t step, uint64_t block,
    double *out, size_t count) {
  CHOSEN(normals(key, path, step, block, out, count));
}

void genops_step_normals(
    genops_kernel kernel, uint64_t key, uint32_t path, uint32_t first_step, double *first,
    double *second, size_t count) {
  CHOSEN(step_normals(key, path, first_step, first, second, count));
}

void genops_sums(genops_kernel kernel, double *numbers, size_t count, double drift, double spread) {
#if defined(__x86_64__)
  // The order is one of eight with every set; shuffles of whole AVX-512 vectors cost more than they save.
  if (kernel == GENOPS_KERNEL_AVX512) kernel = GENOPS_KERNEL_AVX2;
#endif
  CHOSEN(sums(numbers, count, drift, spread));
}

void genops_exps(genops_kernel kernel, double *numbers, size_t count) {
  CHOSEN(exps(numbers, count));
}

void genops_logs(genops_kernel kernel, double *numbers, size_t count) {
  CHOSEN(logs(numbers, count));
}

void genops_wholes(genops_kernel kernel, double *numbers, size_t count) {
  CHOSEN(wholes(numbers, count));
}

double genops_exp(double x) {
  plain_two both = plain_exp((plain_two){x, x});
  return both[0];
}

genops_normal_pair genops_normals_of(uint32_t first_word, uint32_t second_word) {
  plain_pair both = plain_box_muller(
      (plain_bits){first_word, first_word}, (plain_bits){second_word, second_word});
  return (genops_normal_pair){both.first[0], both.second[0]};
}
