import Commands
import Glibc

exit(await profilectl(Array(CommandLine.arguments.dropFirst()), in: .live()).rawValue)
