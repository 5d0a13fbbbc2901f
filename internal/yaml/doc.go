// Package yaml is a thin door to YAML for files that people write by hand:
// pir.yaml and front matter.
//
// It differs from decoding into structs in three ways. Every scalar stays the
// text that was written, so 2024-07-30 10:00:00 is no UTC time and 010 is not
// 8. Every value knows its line, so it can be cited. Unknown and repeated keys
// are errors that name the line and the nearest known key.
package yaml
