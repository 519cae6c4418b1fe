import CMediaKernels

/// What a whole process settles once for its memory.
package enum ProcessMemory {
    /// Gives large blocks back to the system when they are freed.
    package static func returnLargeBlocks() { fanpai_return_large_blocks() }
}
