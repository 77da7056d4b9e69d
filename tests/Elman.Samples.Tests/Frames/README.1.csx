//: block
//: prints ^(9[5-9]|100)\.\d ?% of 600 cases right, macro F1 0\.9
//: prints ^The first case is normal\.$
Expect(File.Exists("charts.safetensors"));
