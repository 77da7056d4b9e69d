using Elman.Cells;
IReadOnlyList<GateProduct> products =
//: block
;
Expect(products.Count == 3 && products[1].Count == 1);
