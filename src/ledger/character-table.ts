// Written by scripts/character-table.js from the Unicode Character Database; do not edit.

/** The version of Unicode that the table was made from. */
export const unicodeVersion = '15.0.0';

/**
 * The characters that the rule for names treats in a special way: ranges of code points in
 * hexadecimal, each with the letters of what they are:
 *
 * - h: hidden, allowed only where an exception says so (Default_Ignorable_Code_Point, Bidi_Control,
 *   U+2800)
 * - b: displays nothing of its own: hidden, white space, control and format characters, combining
 *   marks
 * - c: a spacing mark (General_Category Mc)
 * - s: Variation_Selector
 * - p: Extended_Pictographic
 * - m: Emoji_Modifier
 * - v: a virama (Canonical_Combining_Class 9)
 * - l: joins the next letter (Joining_Type L or D)
 * - r: joins the previous letter (Joining_Type R or D)
 * - t: transparent for joining (Joining_Type T)
 */
export const characterTable = `
0-20:b 7f-a0:b a9:p ad:hbt ae:p 300-34e:bt 34f:hbt 350-36f:bt 483-489:bt 591-5bd:bt 5bf:bt
5c1-5c2:bt 5c4-5c5:bt 5c7:bt 610-61a:bt 61c:hbt 620:lr 622-625:r 626:lr 627:r 628:lr 629:r
62a-62e:lr 62f-632:r 633-63f:lr 641-647:lr 648:r 649-64a:lr 64b-65f:bt 66e-66f:lr 670:bt 671-673:r
675-677:r 678-687:lr 688-699:r 69a-6bf:lr 6c0:r 6c1-6c2:lr 6c3-6cb:r 6cc:lr 6cd:r 6ce:lr 6cf:r
6d0-6d1:lr 6d2-6d3:r 6d5:r 6d6-6dc:bt 6df-6e4:bt 6e7-6e8:bt 6ea-6ed:bt 6ee-6ef:r 6fa-6fc:lr 6ff:lr
70f:t 710:r 711:bt 712-714:lr 715-719:r 71a-71d:lr 71e:r 71f-727:lr 728:r 729:lr 72a:r 72b:lr 72c:r
72d-72e:lr 72f:r 730-74a:bt 74d:r 74e-758:lr 759-75b:r 75c-76a:lr 76b-76c:r 76d-770:lr 771:r 772:lr
773-774:r 775-777:lr 778-779:r 77a-77f:lr 7a6-7b0:bt 7ca-7ea:lr 7eb-7f3:bt 7fd:bt 816-819:bt
81b-823:bt 825-827:bt 829-82d:bt 840:r 841-845:lr 846-847:r 848:lr 849:r 84a-853:lr 854:r 855:lr
856-858:r 859-85b:bt 860:lr 862-865:lr 867:r 868:lr 869-86a:r 870-882:r 886:lr 889-88d:lr 88e:r
898-89f:bt 8a0-8a9:lr 8aa-8ac:r 8ae:r 8af-8b0:lr 8b1-8b2:r 8b3-8b8:lr 8b9:r 8ba-8c8:lr 8ca-8e1:bt
8e3-902:bt 903:bc 93a:bt 93b:bc 93c:bt 93e-940:bc 941-948:bt 949-94c:bc 94d:bvt 94e-94f:bc
951-957:bt 962-963:bt 981:bt 982-983:bc 9bc:bt 9be-9c0:bc 9c1-9c4:bt 9c7-9c8:bc 9cb-9cc:bc 9cd:bvt
9d7:bc 9e2-9e3:bt 9fe:bt a01-a02:bt a03:bc a3c:bt a3e-a40:bc a41-a42:bt a47-a48:bt a4b-a4c:bt
a4d:bvt a51:bt a70-a71:bt a75:bt a81-a82:bt a83:bc abc:bt abe-ac0:bc ac1-ac5:bt ac7-ac8:bt ac9:bc
acb-acc:bc acd:bvt ae2-ae3:bt afa-aff:bt b01:bt b02-b03:bc b3c:bt b3e:bc b3f:bt b40:bc b41-b44:bt
b47-b48:bc b4b-b4c:bc b4d:bvt b55-b56:bt b57:bc b62-b63:bt b82:bt bbe-bbf:bc bc0:bt bc1-bc2:bc
bc6-bc8:bc bca-bcc:bc bcd:bvt bd7:bc c00:bt c01-c03:bc c04:bt c3c:bt c3e-c40:bt c41-c44:bc
c46-c48:bt c4a-c4c:bt c4d:bvt c55-c56:bt c62-c63:bt c81:bt c82-c83:bc cbc:bt cbe:bc cbf:bt
cc0-cc4:bc cc6:bt cc7-cc8:bc cca-ccb:bc ccc:bt ccd:bvt cd5-cd6:bc ce2-ce3:bt cf3:bc d00-d01:bt
d02-d03:bc d3b-d3c:bvt d3e-d40:bc d41-d44:bt d46-d48:bc d4a-d4c:bc d4d:bvt d57:bc d62-d63:bt d81:bt
d82-d83:bc dca:bvt dcf-dd1:bc dd2-dd4:bt dd6:bt dd8-ddf:bc df2-df3:bc e31:bt e34-e39:bt e3a:bvt
e47-e4e:bt eb1:bt eb4-eb9:bt eba:bvt ebb-ebc:bt ec8-ece:bt f18-f19:bt f35:bt f37:bt f39:bt
f3e-f3f:bc f71-f7e:bt f7f:bc f80-f83:bt f84:bvt f86-f87:bt f8d-f97:bt f99-fbc:bt fc6:bt 102b-102c:bc
102d-1030:bt 1031:bc 1032-1037:bt 1038:bc 1039-103a:bvt 103b-103c:bc 103d-103e:bt 1056-1057:bc
1058-1059:bt 105e-1060:bt 1062-1064:bc 1067-106d:bc 1071-1074:bt 1082:bt 1083-1084:bc 1085-1086:bt
1087-108c:bc 108d:bt 108f:bc 109a-109c:bc 109d:bt 115f-1160:hb 135d-135f:bt 1680:b 1712-1713:bt
1714:bvt 1715:bcv 1732-1733:bt 1734:bcv 1752-1753:bt 1772-1773:bt 17b4-17b5:hbt 17b6:bc 17b7-17bd:bt
17be-17c5:bc 17c6:bt 17c7-17c8:bc 17c9-17d1:bt 17d2:bvt 17d3:bt 17dd:bt 1807:lr 180b-180d:hbst
180e:hb 180f:hbst 1820-1878:lr 1885-1886:bt 1887-18a8:lr 18a9:bt 18aa:lr 1920-1922:bt 1923-1926:bc
1927-1928:bt 1929-192b:bc 1930-1931:bc 1932:bt 1933-1938:bc 1939-193b:bt 1a17-1a18:bt 1a19-1a1a:bc
1a1b:bt 1a55:bc 1a56:bt 1a57:bc 1a58-1a5e:bt 1a60:bvt 1a61:bc 1a62:bt 1a63-1a64:bc 1a65-1a6c:bt
1a6d-1a72:bc 1a73-1a7c:bt 1a7f:bt 1ab0-1ace:bt 1b00-1b03:bt 1b04:bc 1b34:bt 1b35:bc 1b36-1b3a:bt
1b3b:bc 1b3c:bt 1b3d-1b41:bc 1b42:bt 1b43:bc 1b44:bcv 1b6b-1b73:bt 1b80-1b81:bt 1b82:bc 1ba1:bc
1ba2-1ba5:bt 1ba6-1ba7:bc 1ba8-1ba9:bt 1baa:bcv 1bab:bvt 1bac-1bad:bt 1be6:bt 1be7:bc 1be8-1be9:bt
1bea-1bec:bc 1bed:bt 1bee:bc 1bef-1bf1:bt 1bf2-1bf3:bcv 1c24-1c2b:bc 1c2c-1c33:bt 1c34-1c35:bc
1c36-1c37:bt 1cd0-1cd2:bt 1cd4-1ce0:bt 1ce1:bc 1ce2-1ce8:bt 1ced:bt 1cf4:bt 1cf7:bc 1cf8-1cf9:bt
1dc0-1dff:bt 2000-200a:b 200b:hbt 200c-200d:hb 200e-200f:hbt 2028-2029:b 202a-202e:hbt 202f:b 203c:p
2049:p 205f:b 2060-2064:hbt 2065-2069:hb 206a-206f:hbt 20d0-20f0:bt 2122:p 2139:p 2194-2199:p
21a9-21aa:p 231a-231b:p 2328:p 2388:p 23cf:p 23e9-23f3:p 23f8-23fa:p 24c2:p 25aa-25ab:p 25b6:p
25c0:p 25fb-25fe:p 2600-2605:p 2607-2612:p 2614-2685:p 2690-2705:p 2708-2712:p 2714:p 2716:p 271d:p
2721:p 2728:p 2733-2734:p 2744:p 2747:p 274c:p 274e:p 2753-2755:p 2757:p 2763-2767:p 2795-2797:p
27a1:p 27b0:p 27bf:p 2800:hb 2934-2935:p 2b05-2b07:p 2b1b-2b1c:p 2b50:p 2b55:p 2cef-2cf1:bt 2d7f:bvt
2de0-2dff:bt 3000:b 302a-302d:bt 302e-302f:bc 3030:p 303d:p 3099-309a:bt 3164:hb 3297:p 3299:p
a66f-a672:bt a674-a67d:bt a69e-a69f:bt a6f0-a6f1:bt a802:bt a806:bvt a80b:bt a823-a824:bc
a825-a826:bt a827:bc a82c:bvt a840-a871:lr a872:l a880-a881:bc a8b4-a8c3:bc a8c4:bvt a8c5:bt
a8e0-a8f1:bt a8ff:bt a926-a92d:bt a947-a951:bt a952:bc a953:bcv a980-a982:bt a983:bc a9b3:bt
a9b4-a9b5:bc a9b6-a9b9:bt a9ba-a9bb:bc a9bc-a9bd:bt a9be-a9bf:bc a9c0:bcv a9e5:bt aa29-aa2e:bt
aa2f-aa30:bc aa31-aa32:bt aa33-aa34:bc aa35-aa36:bt aa43:bt aa4c:bt aa4d:bc aa7b:bc aa7c:bt aa7d:bc
aab0:bt aab2-aab4:bt aab7-aab8:bt aabe-aabf:bt aac1:bt aaeb:bc aaec-aaed:bt aaee-aaef:bc aaf5:bc
aaf6:bvt abe3-abe4:bc abe5:bt abe6-abe7:bc abe8:bt abe9-abea:bc abec:bc abed:bvt d800-dfff:b fb1e:bt
fe00-fe0f:hbst fe20-fe2f:bt feff:hbt ffa0:hb fff0-fff8:hb fff9-fffb:bt 101fd:bt 102e0:bt
10376-1037a:bt 10a01-10a03:bt 10a05-10a06:bt 10a0c-10a0f:bt 10a38-10a3a:bt 10a3f:bvt 10ac0-10ac4:lr
10ac5:r 10ac7:r 10ac9-10aca:r 10acd:l 10ace-10ad2:r 10ad3-10ad6:lr 10ad7:l 10ad8-10adc:lr 10add:r
10ade-10ae0:lr 10ae1:r 10ae4:r 10ae5-10ae6:bt 10aeb-10aee:lr 10aef:r 10b80:lr 10b81:r 10b82:lr
10b83-10b85:r 10b86-10b88:lr 10b89:r 10b8a-10b8b:lr 10b8c:r 10b8d:lr 10b8e-10b8f:r 10b90:lr 10b91:r
10ba9-10bac:r 10bad-10bae:lr 10d00:l 10d01-10d21:lr 10d22:r 10d23:lr 10d24-10d27:bt 10eab-10eac:bt
10efd-10eff:bt 10f30-10f32:lr 10f33:r 10f34-10f44:lr 10f46-10f50:bt 10f51-10f53:lr 10f54:r
10f70-10f73:lr 10f74-10f75:r 10f76-10f81:lr 10f82-10f85:bt 10fb0:lr 10fb2-10fb3:lr 10fb4-10fb6:r
10fb8:lr 10fb9-10fba:r 10fbb-10fbc:lr 10fbd:r 10fbe-10fbf:lr 10fc1:lr 10fc2-10fc3:r 10fc4:lr 10fc9:r
10fca:lr 10fcb:l 11000:bc 11001:bt 11002:bc 11038-11045:bt 11046:bvt 11070:bvt 11073-11074:bt
1107f:bvt 11080-11081:bt 11082:bc 110b0-110b2:bc 110b3-110b6:bt 110b7-110b8:bc 110b9:bvt 110ba:bt
110c2:bt 11100-11102:bt 11127-1112b:bt 1112c:bc 1112d-11132:bt 11133-11134:bvt 11145-11146:bc
11173:bt 11180-11181:bt 11182:bc 111b3-111b5:bc 111b6-111be:bt 111bf:bc 111c0:bcv 111c9-111cc:bt
111ce:bc 111cf:bt 1122c-1122e:bc 1122f-11231:bt 11232-11233:bc 11234:bt 11235:bcv 11236-11237:bt
1123e:bt 11241:bt 112df:bt 112e0-112e2:bc 112e3-112e9:bt 112ea:bvt 11300-11301:bt 11302-11303:bc
1133b-1133c:bt 1133e-1133f:bc 11340:bt 11341-11344:bc 11347-11348:bc 1134b-1134c:bc 1134d:bcv
11357:bc 11362-11363:bc 11366-1136c:bt 11370-11374:bt 11435-11437:bc 11438-1143f:bt 11440-11441:bc
11442:bvt 11443-11444:bt 11445:bc 11446:bt 1145e:bt 114b0-114b2:bc 114b3-114b8:bt 114b9:bc 114ba:bt
114bb-114be:bc 114bf-114c0:bt 114c1:bc 114c2:bvt 114c3:bt 115af-115b1:bc 115b2-115b5:bt
115b8-115bb:bc 115bc-115bd:bt 115be:bc 115bf:bvt 115c0:bt 115dc-115dd:bt 11630-11632:bc
11633-1163a:bt 1163b-1163c:bc 1163d:bt 1163e:bc 1163f:bvt 11640:bt 116ab:bt 116ac:bc 116ad:bt
116ae-116af:bc 116b0-116b5:bt 116b6:bcv 116b7:bt 1171d-1171f:bt 11720-11721:bc 11722-11725:bt
11726:bc 11727-1172a:bt 1172b:bvt 1182c-1182e:bc 1182f-11837:bt 11838:bc 11839:bvt 1183a:bt
11930-11935:bc 11937-11938:bc 1193b-1193c:bt 1193d:bcv 1193e:bvt 11940:bc 11942:bc 11943:bt
119d1-119d3:bc 119d4-119d7:bt 119da-119db:bt 119dc-119df:bc 119e0:bvt 119e4:bc 11a01-11a0a:bt
11a33:bt 11a34:bvt 11a35-11a38:bt 11a39:bc 11a3b-11a3e:bt 11a47:bvt 11a51-11a56:bt 11a57-11a58:bc
11a59-11a5b:bt 11a8a-11a96:bt 11a97:bc 11a98:bt 11a99:bvt 11c2f:bc 11c30-11c36:bt 11c38-11c3d:bt
11c3e:bc 11c3f:bvt 11c92-11ca7:bt 11ca9:bc 11caa-11cb0:bt 11cb1:bc 11cb2-11cb3:bt 11cb4:bc
11cb5-11cb6:bt 11d31-11d36:bt 11d3a:bt 11d3c-11d3d:bt 11d3f-11d43:bt 11d44-11d45:bvt 11d47:bt
11d8a-11d8e:bc 11d90-11d91:bt 11d93-11d94:bc 11d95:bt 11d96:bc 11d97:bvt 11ef3-11ef4:bt
11ef5-11ef6:bc 11f00-11f01:bt 11f03:bc 11f34-11f35:bc 11f36-11f3a:bt 11f3e-11f3f:bc 11f40:bt
11f41:bcv 11f42:bvt 13430-13440:bt 13447-13455:bt 16af0-16af4:bt 16b30-16b36:bt 16f4f:bt
16f51-16f87:bc 16f8f-16f92:bt 16fe4:bt 16ff0-16ff1:bc 1bc9d-1bc9e:bt 1bca0-1bca3:hbt 1cf00-1cf2d:bt
1cf30-1cf46:bt 1d159:b 1d165-1d166:bc 1d167-1d169:bt 1d16d-1d172:bc 1d173-1d17a:hbt 1d17b-1d182:bt
1d185-1d18b:bt 1d1aa-1d1ad:bt 1d242-1d244:bt 1da00-1da36:bt 1da3b-1da6c:bt 1da75:bt 1da84:bt
1da9b-1da9f:bt 1daa1-1daaf:bt 1e000-1e006:bt 1e008-1e018:bt 1e01b-1e021:bt 1e023-1e024:bt
1e026-1e02a:bt 1e08f:bt 1e130-1e136:bt 1e2ae:bt 1e2ec-1e2ef:bt 1e4ec-1e4ef:bt 1e8d0-1e8d6:bt
1e900-1e943:lr 1e944-1e94a:bt 1e94b:t 1f000-1f0ff:p 1f10d-1f10f:p 1f12f:p 1f16c-1f171:p
1f17e-1f17f:p 1f18e:p 1f191-1f19a:p 1f1ad-1f1e5:p 1f201-1f20f:p 1f21a:p 1f22f:p 1f232-1f23a:p
1f23c-1f23f:p 1f249-1f3fa:p 1f3fb-1f3ff:m 1f400-1f53d:p 1f546-1f64f:p 1f680-1f6ff:p 1f774-1f77f:p
1f7d5-1f7ff:p 1f80c-1f80f:p 1f848-1f84f:p 1f85a-1f85f:p 1f888-1f88f:p 1f8ae-1f8ff:p 1f90c-1f93a:p
1f93c-1f945:p 1f947-1faff:p 1fc00-1fffd:p e0000:hb e0001:hbt e0002-e001f:hb e0020-e007f:hbt
e0080-e00ff:hb e0100-e01ef:hbst e01f0-e0fff:hb
`;
