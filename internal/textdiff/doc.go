// Package textdiff finds how a text became another one, in lines and in words.
// It is the only package that knows go-diff.
package textdiff
