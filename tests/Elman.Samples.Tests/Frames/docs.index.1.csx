//: block
//: prints ^(1|0\.9\d+)$
