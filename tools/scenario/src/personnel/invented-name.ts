import type { Dice } from '../dice.ts';
import { DEMO } from '../output/import-line.ts';

const surnames = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
];
const givenNames = {
  FEMALE: [
    ...'芳娜敏静丽艳娟霞秀兰英华玉萍红玲芬燕彩春菊凤洁梅琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉桂娣叶璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓',
  ],
  MALE: [
    ...'伟刚勇毅俊峰强军平保东文辉力明永健世广志义兴良海山仁波宁贵福生龙元全国胜学祥才发武新利清飞彬富顺信子杰涛昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆磊民友裕河哲江超浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋斌梁栋维启克伦翔旭鹏泽晨辰士以建家致树炎德行时泰盛',
  ],
} as const;

export type Sex = keyof typeof givenNames;

/** A name that nobody gave: surname and one or two characters, and a mark that it is invented. */
export function inventedName(random: Dice, sex: Sex): string {
  const given = givenNames[sex];
  const second = random.chance(0.7) ? random.pick(given) : '';
  return `${random.pick(surnames)}${random.pick(given)}${second}${DEMO}`;
}
