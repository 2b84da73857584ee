// Arithmetic on bytes that must be fast, and nothing else: no memory is allocated, nothing of the C
// library is called but what copies, compares and finds bytes, and the answers are the same whatever the processor.
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
} genops_kernel;

// The fastest that this processor runs.
genops_kernel genops_kernel_best(void);

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

#ifdef __cplusplus
}
#endif

#endif
