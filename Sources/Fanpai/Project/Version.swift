/// The version of this library and of `fanpai`.
public let fanpaiVersion = "0.1.0"
