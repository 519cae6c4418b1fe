import Media
import Motion
import Orders

extension Film {
    /// What the file itself says of its making: what a manifest that was lost would have said first. Nothing in it identifies a person or a
    /// machine, and none of it is a moment of this run.
    var metadata: [MetadataEntry] {
        let engine = "fanpai \(fanpaiVersion)"
        var entries = [
            MetadataEntry(.title, origin.title), MetadataEntry(.comment, "\(engine), \(name)"),
            MetadataEntry(.template, "\(name) \(origin.templateDigest)"),
        ]
        if let period = composition.facts.period {
            entries.append(MetadataEntry(.period, "\(period.from.isoText)..\(period.to.isoText)"))
        }
        if let orders = origin.orders {
            entries.append(MetadataEntry(.source, orders.files.map { "\($0.digest)" }.joined(separator: " ")))
        }
        entries.append(MetadataEntry(.engine, engine))
        return entries
    }
}
