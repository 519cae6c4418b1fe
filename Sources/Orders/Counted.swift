/// A count with what is counted: `1 row was`, `2 rows were`.
package func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
}
