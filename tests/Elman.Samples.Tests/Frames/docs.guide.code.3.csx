//: block
//: prints ^1$
