// Package check reads a review and reports what its readers would stumble over,
// by rules that have stable names.
package check
