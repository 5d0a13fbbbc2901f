// Package logs turns log files of any size into the few facts that a review
// needs: counts per minute, patterns of messages and how their rate changed,
// bursts of errors with their edges, and the lines worth quoting.
//
// Scan reads each file once, in chunks of fixed size that several workers
// count, in memory that does not grow with the files. What the workers count is
// merged in the order of the files, so that the result depends on the input
// alone. Every physical line is accounted for in the row of its file: records =
// in window + outside + continuation + undated + malformed.
//
// Where a window is asked for, plain files near the order of time are searched
// by samples and read where it lies alone, with a baseline in front; how far
// they are from that order is measured, and a file that turns out worse is read
// whole. The edges of bursts are narrowed from minutes to seconds where the
// errors show it, and then the record at the edge is cited.
//
// Lines writes all lines of all files as one stream in the order of time, and
// Spans tells what files cover without reading them.
//
// Formats is the table of shapes that lines may have: one file and one row for
// each. A line without a time of its own never takes that of another line.
package logs
