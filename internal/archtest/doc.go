// Package archtest holds the rules of the house as ordinary tests: which
// package may import which, who owns a module from outside, and how long a
// function may get.
//
// A new package fails the tests until it has a row in arrows_test.go. The
// exceptions to a rule stand in a table beside the rule, with their reason.
package archtest
