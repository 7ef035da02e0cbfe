import ArgumentParser
import Crypto

let placeholder = 0
