#include "CKernels.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// -1 for what is not a hexadecimal digit.
static inline int hex_digit(uint8_t byte) {
  if (byte >= '0' && byte <= '9') return byte - '0';
  uint8_t letter = byte | 0x20;
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

// The code of the four digits at `bytes`; -1 when they are not all digits.
static inline int hex_code(const uint8_t *bytes) {
  int code = 0;
  for (int i = 0; i < 4; i++) {
    int digit = hex_digit(bytes[i]);
    if (digit < 0) return -1;
    code = code << 4 | digit;
  }
  return code;
}

// Whether the backslash at `offset` begins an escape of RFC 8259, and a surrogate has its other half.
static inline bool check_escape(
    const uint8_t *bytes, size_t count, size_t offset, size_t *second_half) {
  if (count - offset < 2) return false;
  switch (bytes[offset + 1]) {
  case '"': case '\\': case '/': case 'b': case 'f': case 'n': case 'r': case 't': return true;
  case 'u': break;
  default: return false;
  }
  if (count - offset < 6) return false;
  int code = hex_code(bytes + offset + 2);
  if (code < 0 || (code >= 0xDC00 && code < 0xE000)) return false;
  if (code < 0xD800 || code >= 0xE000) return true;
  if (count - offset < 12 || bytes[offset + 6] != '\\' || bytes[offset + 7] != 'u') return false;
  int low = hex_code(bytes + offset + 8);
  *second_half = offset + 6;
  return low >= 0xDC00 && low < 0xE000;
}

// UTF-8 byte by byte, for sets without a table look-up: how many bytes of a character are due, and
// between which bounds the next of them lies (Unicode 15, table 3-7).
typedef struct {
  bool is_open;
  uint8_t due, least, most;
} plain_utf8;

static inline bool plain_utf8_block(plain_utf8 *state, const uint8_t *block) {
  uint8_t due = state->due, least = state->least, most = state->most;
  for (int i = 0; i < 64; i++) {
    uint8_t byte = block[i];
    if (due > 0) {
      if (byte < least || byte > most) return false;
      due--;
      least = 0x80;
      most = 0xBF;
    } else if (byte >= 0x80) {
      if (byte < 0xC2 || byte > 0xF4) return false;
      due = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
      least = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
      most = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
    }
  }
  state->due = due;
  state->least = least;
  state->most = most;
  state->is_open = due > 0;
  return true;
}

// Bit i of the answer is the exclusive or of the bits up to and with i.
static inline uint64_t shifted_xor(uint64_t bits) {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  return bits ^ bits << 32;
}

// Plain C.
#define KERNEL(name) plain_##name
typedef plain_utf8 plain_utf8_state;
typedef struct { uint64_t quote, backslash, control, high; } plain_block_masks;

static inline plain_utf8_state plain_utf8_begin(void) { return (plain_utf8_state){false, 0, 0x80, 0xBF}; }
// The place of the lowest bit; anything where there is none.
static inline uint32_t plain_lowest(uint64_t bits) {
  return (uint32_t)__builtin_ctzll(bits | 1ULL << 63);
}
static inline uint64_t plain_prefix_xor(uint64_t bits) { return shifted_xor(bits); }

static inline plain_block_masks plain_masks(const uint8_t *block) {
  plain_block_masks masks = {0, 0, 0, 0};
  for (int i = 0; i < 64; i++) {
    masks.quote |= (uint64_t)(block[i] == '"') << i;
    masks.backslash |= (uint64_t)(block[i] == '\\') << i;
    masks.control |= (uint64_t)(block[i] < 0x20) << i;
    masks.high |= (uint64_t)(block[i] >> 7) << i;
  }
  return masks;
}

#define plain_utf8_block(state, block, high) plain_utf8_block(state, block)
#include "texts.h"
#undef plain_utf8_block
#undef KERNEL

#if defined(__x86_64__)
#define KERNEL(name) sse2_##name
typedef plain_utf8 sse2_utf8_state;
typedef plain_block_masks sse2_block_masks;

static inline sse2_utf8_state sse2_utf8_begin(void) { return plain_utf8_begin(); }
static inline uint32_t sse2_lowest(uint64_t bits) { return plain_lowest(bits); }
static inline uint64_t sse2_prefix_xor(uint64_t bits) { return shifted_xor(bits); }

static inline uint64_t sse2_mask(__m128i a, __m128i b, __m128i c, __m128i d) {
  uint64_t low = (uint32_t)_mm_movemask_epi8(a) | (uint32_t)_mm_movemask_epi8(b) << 16;
  uint64_t high = (uint32_t)_mm_movemask_epi8(c) | (uint32_t)_mm_movemask_epi8(d) << 16;
  return low | high << 32;
}

static inline sse2_block_masks sse2_masks(const uint8_t *block) {
  const __m128i *words = (const __m128i *)block;
  __m128i a = _mm_loadu_si128(words), b = _mm_loadu_si128(words + 1);
  __m128i c = _mm_loadu_si128(words + 2), d = _mm_loadu_si128(words + 3);
  __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), most = _mm_set1_epi8(0x1F);
#define EACH(operation, other) \
  sse2_mask(operation(a, other), operation(b, other), operation(c, other), operation(d, other))
#define BELOW(word, other) _mm_cmpeq_epi8(_mm_min_epu8(word, other), word)
  sse2_block_masks masks = {
      EACH(_mm_cmpeq_epi8, quote), EACH(_mm_cmpeq_epi8, backslash), EACH(BELOW, most),
      sse2_mask(a, b, c, d)};
#undef BELOW
#undef EACH
  return masks;
}

#define sse2_utf8_block(state, block, high) plain_utf8_block(state, block)
#include "texts.h"
#undef sse2_utf8_block
#undef KERNEL

#pragma clang attribute push(__attribute__((target("avx2,bmi,popcnt,pclmul"))), apply_to = function)
#define KERNEL(name) avx2_##name
typedef plain_block_masks avx2_block_masks;

static inline uint32_t avx2_lowest(uint64_t bits) { return (uint32_t)_tzcnt_u64(bits); }

static inline uint64_t avx2_prefix_xor(uint64_t bits) {
  __m128i product =
      _mm_clmulepi64_si128(_mm_set_epi64x(0, (int64_t)bits), _mm_set1_epi8((char)0xFF), 0);
  return (uint64_t)_mm_cvtsi128_si64(product);
}

static inline uint64_t avx2_mask(__m256i a, __m256i b) {
  return (uint32_t)_mm256_movemask_epi8(a) | (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
}

static inline avx2_block_masks avx2_masks(const uint8_t *block) {
  __m256i a = _mm256_loadu_si256((const __m256i *)block);
  __m256i b = _mm256_loadu_si256((const __m256i *)(block + 32));
  __m256i quote = _mm256_set1_epi8('"'), backslash = _mm256_set1_epi8('\\');
  __m256i most = _mm256_set1_epi8(0x1F);
  avx2_block_masks masks = {
      avx2_mask(_mm256_cmpeq_epi8(a, quote), _mm256_cmpeq_epi8(b, quote)),
      avx2_mask(_mm256_cmpeq_epi8(a, backslash), _mm256_cmpeq_epi8(b, backslash)),
      avx2_mask(
          _mm256_cmpeq_epi8(_mm256_min_epu8(a, most), a),
          _mm256_cmpeq_epi8(_mm256_min_epu8(b, most), b)),
      avx2_mask(a, b)};
  return masks;
}

// UTF-8 by three table look-ups of four bits each. Every table says of its bits which mistakes they
// allow; what all three allow has been made. Source: J. Keiser, D. Lemire, "Validating UTF-8 in less
// than one instruction per byte", Software: Practice and Experience 51 (2021), section 6.
enum {
  TOO_SHORT = 1, TOO_LONG = 2, OVERLONG_3 = 4, TOO_LARGE = 8, SURROGATE = 16, OVERLONG_2 = 32,
  // An overlong character of four bytes, or one beyond U+10FFFF with a second byte of 0x80 to 0x8F.
  BEYOND_4 = 64, TWO_CONTINUATIONS = 128, CARRY = TOO_SHORT | TOO_LONG | TWO_CONTINUATIONS,
};

typedef struct {
  bool is_open;
  __m256i before;
} avx2_utf8_state;

static inline avx2_utf8_state avx2_utf8_begin(void) {
  return (avx2_utf8_state){false, _mm256_setzero_si256()};
}

#define TABLE(...) _mm256_setr_epi8(__VA_ARGS__, __VA_ARGS__)

static inline __m256i avx2_high_bits(__m256i bytes) {
  return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0F));
}

static inline __m256i avx2_utf8_mistakes(__m256i bytes, __m256i before) {
  __m256i joined = _mm256_permute2x128_si256(before, bytes, 0x21);
  __m256i one = _mm256_alignr_epi8(bytes, joined, 15);
  __m256i two = _mm256_alignr_epi8(bytes, joined, 14);
  __m256i three = _mm256_alignr_epi8(bytes, joined, 13);
  __m256i first_high = TABLE(
      TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
      (char)TWO_CONTINUATIONS, (char)TWO_CONTINUATIONS, (char)TWO_CONTINUATIONS,
      (char)TWO_CONTINUATIONS, TOO_SHORT | OVERLONG_2, TOO_SHORT,
      TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | TOO_LARGE | BEYOND_4);
#define MOST (char)(CARRY | TOO_LARGE | BEYOND_4)
  __m256i first_low = TABLE(
      (char)(CARRY | OVERLONG_3 | OVERLONG_2 | BEYOND_4), (char)(CARRY | OVERLONG_2), (char)CARRY,
      (char)CARRY, (char)(CARRY | TOO_LARGE), MOST, MOST, MOST, MOST, MOST, MOST, MOST, MOST,
      (char)(CARRY | TOO_LARGE | BEYOND_4 | SURROGATE), MOST, MOST);
#undef MOST
#define SECOND(others) (char)(TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | (others))
  __m256i second_high = TABLE(
      TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
      SECOND(OVERLONG_3 | BEYOND_4), SECOND(OVERLONG_3 | TOO_LARGE), SECOND(SURROGATE | TOO_LARGE),
      SECOND(SURROGATE | TOO_LARGE), TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT);
#undef SECOND
  __m256i special = _mm256_and_si256(
      _mm256_and_si256(
          _mm256_shuffle_epi8(first_high, avx2_high_bits(one)),
          _mm256_shuffle_epi8(first_low, _mm256_and_si256(one, _mm256_set1_epi8(0x0F)))),
      _mm256_shuffle_epi8(second_high, avx2_high_bits(bytes)));
  // A third or fourth byte has to follow two continuations, and nothing else may.
  __m256i third = _mm256_subs_epu8(two, _mm256_set1_epi8((char)(0xE0 - 0x80)));
  __m256i fourth = _mm256_subs_epu8(three, _mm256_set1_epi8((char)(0xF0 - 0x80)));
  __m256i due = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));
  return _mm256_xor_si256(due, special);
}

static inline bool avx2_utf8_block(avx2_utf8_state *state, const uint8_t *block, uint64_t high) {
  __m256i a = _mm256_loadu_si256((const __m256i *)block);
  __m256i b = _mm256_loadu_si256((const __m256i *)(block + 32));
  // What came before matters only where a character goes on; blocks between may have been passed over.
  __m256i before = state->is_open ? state->before : _mm256_setzero_si256();
  __m256i mistakes = _mm256_or_si256(avx2_utf8_mistakes(a, before), avx2_utf8_mistakes(b, a));
  state->before = b;
  // Whether the block ends in the midst of a character: by its last three bytes.
  state->is_open = (high >> 61) != 0
      && (block[63] >= 0xC0 || block[62] >= 0xE0 || block[61] >= 0xF0);
  return _mm256_testz_si256(mistakes, mistakes);
}

#undef TABLE
#include "texts.h"
#undef KERNEL
#pragma clang attribute pop
#endif

genops_kernel genops_kernel_best(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")
      && __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("pclmul")) {
    return GENOPS_KERNEL_AVX2;
  }
  return GENOPS_KERNEL_SSE2;
#else
  return GENOPS_KERNEL_PLAIN;
#endif
}

genops_texts genops_find_texts(
    genops_kernel kernel, const uint8_t *bytes, size_t count, uint32_t *quotes) {
  switch (kernel) {
#if defined(__x86_64__)
  case GENOPS_KERNEL_AVX512:
  case GENOPS_KERNEL_AVX2: return avx2_find(bytes, count, quotes);
  case GENOPS_KERNEL_SSE2: return sse2_find(bytes, count, quotes);
#endif
  default: return plain_find(bytes, count, quotes);
  }
}

bool genops_read_uuid(const uint8_t *bytes, size_t count, uint64_t *high, uint64_t *low) {
  uint8_t digits[32];
  if (count == 36) {
    if (bytes[8] != '-' || bytes[13] != '-' || bytes[18] != '-' || bytes[23] != '-') return false;
    memcpy(digits, bytes, 8);
    memcpy(digits + 8, bytes + 9, 4);
    memcpy(digits + 12, bytes + 14, 4);
    memcpy(digits + 16, bytes + 19, 4);
    memcpy(digits + 20, bytes + 24, 12);
  } else if (count == 32) {
    memcpy(digits, bytes, 32);
  } else {
    return false;
  }
  // Without a branch, so that the compiler makes vectors of it.
  uint8_t wrong = 0;
  for (int i = 0; i < 32; i++) {
    uint8_t number = (uint8_t)(digits[i] - '0');
    uint8_t letter = (uint8_t)((digits[i] | 0x20) - 'a');
    wrong |= (uint8_t)((number > 9) & (letter > 5));
    digits[i] = number <= 9 ? number : (uint8_t)(letter + 10);
  }
  uint64_t halves[2] = {0, 0};
  for (int i = 0; i < 32; i++) halves[i >> 4] = halves[i >> 4] << 4 | digits[i];
  *high = halves[0];
  *low = halves[1];
  return wrong == 0;
}
