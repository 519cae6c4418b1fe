import Glibc

Interrupts.install()
exit(Program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
