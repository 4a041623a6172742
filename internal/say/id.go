package say

// indonesian is the catalogue: each English text of the kit's tests and of its command, and
// the same in Indonesian. A text of several lines is translated line by line. The verbs of a
// line stand for its values, in the same order, or with their numbers: %[2]s.
var indonesian = map[string]string{}
