// Arithmetic on bytes and on random numbers that must be fast, one hint to the processor, and nothing else:
// no memory is allocated, nothing of the C library is called but what copies, compares and finds bytes, and the
// answers are the same whatever the processor.
#ifndef GENOPS_CKERNELS_H
#define GENOPS_CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// One source, compiled for several instruction sets; the higher ones are there on x86-64 only.
typedef enum {
  GENOPS_KERNEL_PLAIN = 0,
  GENOPS_KERNEL_SSE2 = 1,
  GENOPS_KERNEL_AVX2 = 2,
  // For random numbers; bytes are scanned as with AVX2.
  GENOPS_KERNEL_AVX512 = 3,
} genops_kernel;

// The fastest that this processor runs: for bytes, and for random numbers.
genops_kernel genops_kernel_best(void);
genops_kernel genops_draws_best(void);

// What stands in the texts of a piece of JSON.
typedef struct {
  // How many quotes were written.
  size_t quotes;
  // The first byte found that no text may hold: a control character, what follows a backslash and is not
  // an escape, half of a surrogate pair, damaged UTF-8. `count` when there is none. Of a later one in
  // the same 64 bytes it may be the later.
  size_t wrong;
  bool has_escapes;
  bool is_ascii;
} genops_texts;

// The places of the quotes in `bytes` that begin and end texts: an even number when every text is closed.
// Those behind a backslash are left out. `quotes` has room for `count` + 16. Whether UTF-8 is right is
// judged for all of `bytes`, control characters only within texts. At most 2^32 - 1 bytes are taken.
genops_texts genops_find_texts(
    genops_kernel kernel, const uint8_t *bytes, size_t count, uint32_t *quotes);

static inline uint64_t genops_load8(const uint8_t *bytes) {
  uint64_t word;
  __builtin_memcpy(&word, bytes, 8);
  return word;
}

static inline uint32_t genops_load4(const uint8_t *bytes) {
  uint32_t word;
  __builtin_memcpy(&word, bytes, 4);
  return word;
}

// Whether `count` bytes are the same, for a few dozen of them: without a call.
static inline bool genops_same(const uint8_t *a, const uint8_t *b, size_t count) {
  if (count >= 8) {
    for (size_t i = 0; i + 8 <= count; i += 8) {
      if (genops_load8(a + i) != genops_load8(b + i)) return false;
    }
    return genops_load8(a + count - 8) == genops_load8(b + count - 8);
  }
  if (count >= 4) {
    return genops_load4(a) == genops_load4(b) && genops_load4(a + count - 4) == genops_load4(b + count - 4);
  }
  for (size_t i = 0; i < count; i++) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

// The place of the first byte that is `wanted`; `count` when there is none.
static inline size_t genops_find_byte(const uint8_t *bytes, size_t count, uint8_t wanted) {
  const uint8_t *place = (const uint8_t *)__builtin_memchr(bytes, wanted, count);
  return place == NULL ? count : (size_t)(place - bytes);
}

// Reads 32 hexadecimal digits, as they are or with hyphens as 8-4-4-4-12, in either case.
bool genops_read_uuid(const uint8_t *bytes, size_t count, uint64_t *high, uint64_t *low);

// Random numbers. The words are those of Philox4x32-10 with the counter (block, step, path): four a block.
// Functions that fill `out` or change `numbers` take any `count` and any alignment; the first of n numbers are
// the same for every n.

// Standard normal numbers from number 4 * `block` on: numbers 2i and 2i + 1 are `genops_normals_of` words 2i
// and 2i + 1. Every product and sum is rounded by itself (no fused multiply-add), so the bits are the same with
// each kernel.
void genops_normals(
    genops_kernel kernel, uint64_t key, uint32_t path, uint32_t step, uint64_t block,
    double *out, size_t count);

// The first normal number of each of the steps first_step, first_step + 1, ..., and the second where it is
// wanted: `second` may be NULL.
void genops_step_normals(
    genops_kernel kernel, uint64_t key, uint32_t path, uint32_t first_step, double *first,
    double *second, size_t count);

// Replaces each z by the sum of `drift` + `spread` * z up to and with its own place.
void genops_sums(genops_kernel kernel, double *numbers, size_t count, double drift, double spread);

// Replaces each number by its exponential, to within one unit in the last place; what is beyond -708 ... 709
// is taken for the bound.
void genops_exps(genops_kernel kernel, double *numbers, size_t count);

// Replaces each number, above 0 and not subnormal, by its natural logarithm, to within one unit in the last
// place.
void genops_logs(genops_kernel kernel, double *numbers, size_t count);

// Replaces each number by the nearest whole one in 0 ... 10^15, halves up; what is not a number by 0.
void genops_wholes(genops_kernel kernel, double *numbers, size_t count);

// The same for one number, and for the two normals of two words.
double genops_exp(double x);
typedef struct { double first, second; } genops_normal_pair;
genops_normal_pair genops_normals_of(uint32_t first_word, uint32_t second_word);

// Asks for the line of memory that `place` is in, and waits for nothing. It never fails, wherever that is.
static inline void genops_fetch(const void *place) { __builtin_prefetch(place); }

#ifdef __cplusplus
}
#endif

#endif
