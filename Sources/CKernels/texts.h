// The walk over 64 bytes at a time, included once for each instruction set: KERNEL(name) gives the
// functions their names, and each set brings its own `masks` and `utf8`.

// Writes the places of the bits of `mask`, twelve and then four at a time: a loop that stopped at the last
// one would be predicted wrongly for nearly every block. What is written behind the last is overwritten
// or never read.
static inline uint32_t *KERNEL(places)(uint64_t mask, uint32_t base, uint32_t *out) {
  uint32_t count = (uint32_t)__builtin_popcountll(mask);
#pragma clang loop unroll(full)
  for (int i = 0; i < 12; i++) {
    out[i] = base + KERNEL(lowest)(mask);
    mask &= mask - 1;
  }
  for (uint32_t *next = out + 12; mask != 0; next += 4) {
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++) {
      next[i] = base + KERNEL(lowest)(mask);
      mask &= mask - 1;
    }
  }
  return out + count;
}

static genops_texts KERNEL(find)(const uint8_t *bytes, size_t count, uint32_t *quotes) {
  uint32_t *next = quotes;
  genops_texts result = {0, count, false, true};
  size_t wrong = SIZE_MAX;
  // All ones when the block begins inside a text.
  uint64_t inside = 0;
  // Whether the first byte of the block stands behind a backslash.
  uint64_t escaped_first = 0;
  // Where the second half of a surrogate pair stands, which was looked at with the first.
  size_t second_half = SIZE_MAX;
  KERNEL(utf8_state) utf8 = KERNEL(utf8_begin)();
  for (size_t base = 0; base < count; base += 64) {
    const uint8_t *block = bytes + base;
    KERNEL(block_masks) masks;
    uint8_t last[64];
    size_t left = count - base;
    if (left >= 64) {
      masks = KERNEL(masks)(block);
    } else if (count >= 64) {
      // The last 64 bytes, without those that were in the block before.
      masks = KERNEL(masks)(bytes + count - 64);
      int before = 64 - (int)left;
      masks.quote >>= before;
      masks.backslash >>= before;
      masks.control >>= before;
      masks.high >>= before;
    }
    if (left < 64 && (count < 64 || masks.high != 0 || utf8.is_open)) {
      memset(last, ' ', 64);
      memcpy(last, block, left);
      block = last;
      masks = KERNEL(masks)(block);
    }
    uint64_t escaped = escaped_first;
    escaped_first = 0;
    uint64_t slashes = masks.backslash & ~escaped;
    if (slashes != 0) {
      result.has_escapes = true;
      do {
        int place = __builtin_ctzll(slashes);
        size_t offset = base + (size_t)place;
        if (place == 63) escaped_first = 1; else escaped |= 2ULL << place;
        slashes &= ~(3ULL << place);
        if (offset != second_half && !check_escape(bytes, count, offset, &second_half)
            && offset < wrong) {
          wrong = offset;
        }
      } while (slashes != 0);
    }
    uint64_t quote = masks.quote & ~escaped;
    uint64_t within = KERNEL(prefix_xor)(quote) ^ inside;
    inside = (uint64_t)((int64_t)within >> 63);
    uint64_t control = masks.control & within;
    if (control != 0 && wrong == SIZE_MAX) wrong = base + (size_t)__builtin_ctzll(control);
    if (masks.high != 0) result.is_ascii = false;
    if ((masks.high != 0 || utf8.is_open) && !KERNEL(utf8_block)(&utf8, block, masks.high)
        && wrong == SIZE_MAX) {
      wrong = base;
    }
    next = KERNEL(places)(quote, (uint32_t)base, next);
  }
  if (utf8.is_open && wrong == SIZE_MAX) wrong = count == 0 ? 0 : count - 1;
  result.quotes = (size_t)(next - quotes);
  result.wrong = wrong < count ? wrong : count;
  return result;
}
