import GRDB

let placeholder = 0
