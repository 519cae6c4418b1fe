import Fanpai
import Glibc

returnLargeBlocksToTheSystem()
Interrupts.install()
exit(Program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
