import Hummingbird

let placeholder = 0
