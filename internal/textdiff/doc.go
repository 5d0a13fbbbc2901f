// Package textdiff finds how a text became another one, in lines and in words.
// It is the only package that knows go-diff.
//
// A comparison is done in a canonical order of the two sides and then mirrored,
// so that swapping the sides mirrors the result: go-diff alone does not promise
// that. Work is bounded by counting, never by a clock. Where the bound is met the
// result is coarser, still true, and says so.
package textdiff
