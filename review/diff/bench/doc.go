// Command bench measures pir's typed diff: it plants known edits in reviews that
// it makes, and counts which of them are told, and what is told beside them. Then
// it measures time and memory, beside git on the same texts.
package main
