import { GraphQLError, type ASTNode } from 'graphql';
import { defineErrors, errorCatalogue, errorExtensions, type DomainError } from '@frontline/platform/process';

/** Failures that the gateway itself finds; those of the domain come from the services with codes of their own. */
export const gatewayErrors = defineErrors({
  'auth.tokenMalformed': {
    kind: 'forbidden',
    status: 401,
    en: 'The authorization header must be "Bearer" and a signed token.',
    zh: 'authorization 请求头必须是 "Bearer" 加已签名的令牌。',
  },
  'auth.tokenExpired': {
    kind: 'forbidden',
    status: 401,
    en: 'The token has expired. Sign in again.',
    zh: '令牌已过期，请重新登录。',
  },
  'auth.tokenNotYetValid': {
    kind: 'forbidden',
    status: 401,
    en: 'The token is not valid yet. Check the clock of whoever issued it.',
    zh: '令牌尚未生效，请检查签发方的时钟。',
  },
  'auth.tokenForeign': {
    kind: 'forbidden',
    status: 401,
    en: 'The token was not issued for this platform: its issuer, audience or signature is another.',
    zh: '令牌不是为本平台签发的：签发者、受众或签名不符。',
  },
  'limit.depth': {
    kind: 'invalid',
    status: 400,
    en: 'The query is {actual} levels deep; {max} are allowed. Ask in several queries.',
    zh: '查询嵌套了 {actual} 层，最多允许 {max} 层。请拆成多个查询。',
  },
  'limit.aliases': {
    kind: 'invalid',
    status: 400,
    en: 'The query uses {actual} aliases, fragments counted wherever they are spread; {max} are allowed.',
    zh: '查询使用了 {actual} 个别名（片段按展开次数计算），最多允许 {max} 个。',
  },
  'limit.rootFields': {
    kind: 'invalid',
    status: 400,
    en: 'The operation asks for {actual} root fields; {max} are allowed. Send several operations.',
    zh: '操作包含 {actual} 个根字段，最多允许 {max} 个。请拆成多个操作。',
  },
  'limit.tokens': {
    kind: 'invalid',
    status: 400,
    en: 'The query has more than {max} tokens (names, numbers and punctuation). Shorten it or send values as variables.',
    zh: '查询超过 {max} 个词法单元。请缩短查询，或用变量传值。',
  },
  'limit.body': {
    kind: 'invalid',
    status: 413,
    en: 'The request body is larger than {max} bytes.',
    zh: '请求体超过 {max} 字节。',
  },
  'document.notTrusted': {
    kind: 'forbidden',
    status: 403,
    en: 'This gateway answers only documents that it knows beforehand. Publish the manifest of your application, then ask again.',
    zh: '网关仅回答预先登记的查询。请先发布应用的查询清单，再重试。',
  },
  'request.invalid': { kind: 'invalid', status: 400, en: '{problem}', zh: '请求格式不正确。' },
  'service.unavailable': {
    kind: 'illegalState',
    en: 'A part of the platform does not answer at the moment. What it knows is missing here; try again later.',
    zh: '平台的一部分暂时没有响应，相关数据缺失，请稍后再试。',
  },
  internal: {
    kind: 'illegalState',
    en: 'Something went wrong on our side. Request id {requestId} helps us to find it.',
    zh: '服务内部出错。请提供请求编号 {requestId} 以便排查。',
  },
});

/** An expected failure as GraphQL carries it, with its HTTP status; `at` are the parts of the query it is about. */
export function graphqlError(
  error: DomainError,
  { at = [], status = errorCatalogue.get(error.code)?.status }: { at?: readonly ASTNode[]; status?: number } = {},
): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: [...at],
    extensions: { ...errorExtensions(error), ...(status && { http: { status } }) },
  });
}
