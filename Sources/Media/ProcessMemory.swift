import CMediaKernels

/// What a whole process settles once for its memory.
package enum ProcessMemory {
    /// Gives large blocks back to the system when they are freed.
    package static func returnLargeBlocks() { fanpai_return_large_blocks() }

    /// Gives pages back that lie free between small blocks. The heap of a long job would grow by some MiB a minute otherwise.
    package static func returnFreePages() { fanpai_return_free_pages() }
}
