#ifndef CGSL_PHILOX_H
#define CGSL_PHILOX_H

// Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel Random
// Numbers: As Easy as 1, 2, 3" (SC 2011), as a generator for GSL's samplers.
//
// A draw is a function of (key, path, step, number of the draw) and of nothing before it: any path
// can be drawn alone, in any order and on any thread. Only integer arithmetic is used, so the words
// are the same on every machine.

#include <stdint.h>
#include <string.h>
#include <gsl/gsl_rng.h>

enum {
  GENOPS_PHILOX_LANES = 8,   // blocks computed side by side
  GENOPS_PHILOX_BLOCKS = 16  // blocks in one refill of the buffer
};

/// The state of one generator. It begins and ends with a cache line of nothing: two states whose
/// hot words share a line cost three times as much per draw when two threads use them.
typedef struct {
  uint8_t before[64];
  uint32_t words[4 * GENOPS_PHILOX_BLOCKS];
  uint64_t next_block;
  uint32_t key[2];
  uint32_t step;
  uint32_t path;
  uint32_t position;
  uint32_t available;
  uint8_t after[64];
} genops_philox_state;

/// Two 64-bit lanes: the vector of plain x86-64 and of 64-bit ARM.
typedef uint64_t genops_u64x2 __attribute__((vector_size(16)));

/// `2 * vectors` blocks from the counter (first, step, path) on under `key`: four words each, in
/// order. `vectors` is a constant where this is called.
///
/// The lanes are 64 bits wide and only their lower halves count: a 32 × 32 product needs no
/// unpacking then and is one instruction for two lanes. Several vectors go side by side, because one
/// alone would wait for its own products.
static inline __attribute__((always_inline)) void genops_philox_group(
    const uint32_t key[2], uint32_t path, uint32_t step, uint64_t first, uint32_t *out,
    const int vectors) {
  genops_u64x2 c0[GENOPS_PHILOX_LANES / 2], c1[GENOPS_PHILOX_LANES / 2];
  genops_u64x2 c2[GENOPS_PHILOX_LANES / 2], c3[GENOPS_PHILOX_LANES / 2];
  const genops_u64x2 low = {0xFFFFFFFFu, 0xFFFFFFFFu};
  const genops_u64x2 m0 = {0xD2511F53u, 0xD2511F53u}, m1 = {0xCD9E8D57u, 0xCD9E8D57u};
#pragma clang loop unroll(full)
  for (int v = 0; v < vectors; v++) {
    genops_u64x2 block = {first + 2 * (uint64_t)v, first + 2 * (uint64_t)v + 1};
    c0[v] = block & low;
    c1[v] = block >> 32;
    c2[v] = (genops_u64x2){step, step};
    c3[v] = (genops_u64x2){path, path};
  }
  uint32_t k0 = key[0], k1 = key[1];
#pragma clang loop unroll(full)
  for (int round = 0; round < 10; round++) {
    const genops_u64x2 key0 = {k0, k0}, key1 = {k1, k1};
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) {
      genops_u64x2 p0 = (c0[v] & low) * m0, p1 = (c2[v] & low) * m1;
      c0[v] = (p1 >> 32) ^ c1[v] ^ key0;
      c1[v] = p1;
      c2[v] = (p0 >> 32) ^ c3[v] ^ key1;
      c3[v] = p0;
    }
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
#pragma clang loop unroll(full)
  for (int v = 0; v < vectors; v++) {
    genops_u64x2 words01 = (c0[v] & low) | c1[v] << 32, words23 = (c2[v] & low) | c3[v] << 32;
    // One 16-byte store per block; lanes are little-endian on every platform of this package.
    genops_u64x2 even = __builtin_shufflevector(words01, words23, 0, 2);
    genops_u64x2 odd = __builtin_shufflevector(words01, words23, 1, 3);
    memcpy(out + 8 * v, &even, sizeof even);
    memcpy(out + 8 * v + 4, &odd, sizeof odd);
  }
}

/// Blocks `first ..< first + GENOPS_PHILOX_LANES`.
static inline void genops_philox_lanes(
    const uint32_t key[2], uint32_t path, uint32_t step, uint64_t first, uint32_t *out) {
  genops_philox_group(key, path, step, first, out, GENOPS_PHILOX_LANES / 2);
}

/// Puts the generator at draw 0 of (key, path, step).
static inline void genops_philox_seek(
    genops_philox_state *state, uint64_t key, uint32_t path, uint32_t step) {
  state->key[0] = (uint32_t)key;
  state->key[1] = (uint32_t)(key >> 32);
  state->path = path;
  state->step = step;
  state->next_block = 0;
  state->position = 0;
  state->available = 0;
}

/// Fills the buffer. After a seek it begins with two blocks, then eight: a day's count that needs a
/// few words must not pay for sixty-four. The words do not depend on it.
static inline void genops_philox_refill(genops_philox_state *state) {
  uint32_t blocks;
  if (state->next_block == 0) {
    blocks = 2;
    genops_philox_group(state->key, state->path, state->step, 0, state->words, 1);
  } else {
    blocks = state->next_block == 2 ? GENOPS_PHILOX_LANES : GENOPS_PHILOX_BLOCKS;
    for (uint32_t block = 0; block < blocks; block += GENOPS_PHILOX_LANES) {
      genops_philox_lanes(
          state->key, state->path, state->step, state->next_block + block,
          state->words + 4 * block);
    }
  }
  state->next_block += blocks;
  state->position = 0;
  state->available = 4 * blocks;
}

/// The next 32 bits.
static inline uint32_t genops_philox_next(genops_philox_state *state) {
  if (__builtin_expect(state->position == state->available, 0)) genops_philox_refill(state);
  return state->words[state->position++];
}

/// Takes the next `blocks` whole blocks for someone who computes them elsewhere, and gives the number of the
/// first: words of a block that is begun are left out.
static inline uint64_t genops_philox_take(genops_philox_state *state, uint64_t blocks) {
  uint64_t first = state->next_block - (state->available - state->position) / 4;
  state->next_block = first + blocks;
  state->position = 0;
  state->available = 0;
  return first;
}

static unsigned long genops_philox_get(void *state) {
  return genops_philox_next((genops_philox_state *)state);
}

/// 53 random bits over [0, 1).
static double genops_philox_get_double(void *state) {
  uint64_t high = genops_philox_next((genops_philox_state *)state) >> 5;
  uint64_t low = genops_philox_next((genops_philox_state *)state) >> 6;
  return (double)(high << 26 | low) * 0x1p-53;
}

static void genops_philox_set(void *state, unsigned long seed) {
  memset(state, 0, sizeof(genops_philox_state));
  genops_philox_seek((genops_philox_state *)state, seed, 0, 0);
}

static const gsl_rng_type genops_philox_type_value = {
    "philox4x32-10", 0xFFFFFFFFul, 0, sizeof(genops_philox_state),
    genops_philox_set, genops_philox_get, genops_philox_get_double};

/// The generator as GSL knows it.
static inline const gsl_rng_type *genops_philox_type(void) { return &genops_philox_type_value; }

/// A generator and its state in one piece of memory; `rng` comes first, so a pointer to it is a
/// pointer to GSL's generator. Align it to a cache line.
typedef struct {
  gsl_rng rng;
  genops_philox_state state;
} genops_philox;

/// Makes `philox` a generator at draw 0 of key 0, path 0, step 0.
static inline void genops_philox_begin(genops_philox *philox) {
  philox->rng.type = genops_philox_type();
  philox->rng.state = &philox->state;
  genops_philox_set(&philox->state, 0);
}

#endif
